import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'

const ROUNDS = 15
const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** From the import of the built extension to the end of `activate`, each time in a Node process of its own. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-bench-'))
  try {
    await buildWhenStale(builds.extension, { logFile: join(folder, 'build.log') })
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, 'export function activate() {}\n')
    const entry = inRepository('dist/extension/package/dist/extension.js')
    const [emptyMs, ours] = [[] as number[], [] as Activation[]]
    for (let round = 0; round < ROUNDS; round++) {
      emptyMs.push(activate(empty).ms)
      ours.push(activate(entry))
    }
    const reference = median(emptyMs)
    return [
      toRow({
        promise: 'activate, its module loaded',
        value: median(ours.map(({ ms }) => ms)),
        unit: 'ms',
        reference,
        bar: 10,
      }),
      toRow({ promise: 'files that it loads', value: Math.max(...ours.map(({ files }) => files)), unit: 'files' }),
      toRow({
        promise: 'their size',
        value: Math.max(...ours.map(({ bytes }) => bytes)) / 1024,
        unit: 'KiB',
        bar: 100,
      }),
      toRow({ promise: 'an empty extension', value: reference, unit: 'ms' }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Activation {
  ms: number
  files: number
  bytes: number
}

function activate(entry: string): Activation {
  const program = inRepository('bench/extension-activation/activate.ts')
  return JSON.parse(execFileSync(process.execPath, [program, entry], { encoding: 'utf8' })) as Activation
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
