import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { Start } from '#test/start/run-start.ts'

const ROUNDS = 3

/** From `npm start` to ready with data that is there already, beside the first start, which makes and migrates a database. */
export async function measure(): Promise<Row[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kube9-bench-'))
  chmodSync(dataFolder, 0o755)
  const env = { PORTAL_PORT: String(await freePort()), API_PORT: String(await freePort()) }
  try {
    const first = await secondsToReady(dataFolder, env)
    const later: number[] = []
    while (later.length < ROUNDS) later.push(await secondsToReady(dataFolder, env))
    return [
      toRow({
        promise: 'a later start, the slowest of 3',
        value: Math.max(...later),
        unit: 's',
        reference: first,
        bar: 5,
      }),
      toRow({ promise: 'the first start, with what had to be built', value: first, unit: 's' }),
    ]
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

async function secondsToReady(dataFolder: string, env: Record<string, string>): Promise<number> {
  const startedAt = performance.now()
  const start = new Start({ dataFolder, env })
  try {
    await start.untilReady()
    return (performance.now() - startedAt) / 1000
  } finally {
    await start.kill()
  }
}
