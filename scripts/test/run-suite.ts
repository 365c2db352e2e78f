import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import { generatePrismaClient } from '#scripts/prisma/generate.ts'
import { PartUnavailableError } from '#scripts/parts/part.ts'
import type { Suite } from './suites.ts'
import { emptyTally, readTally } from './tally.ts'
import type { Tally } from './tally.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** Why a suite cannot run on this machine; undefined once everything that it needs is there. Throws when a build fails. */
export async function prepareSuite(suite: Suite): Promise<string | undefined> {
  generatePrismaClient()
  for (const name of suite.builds) {
    const onBegin = () => console.log(`  building the ${name} …`)
    await buildWhenStale(builds[name], { logFile: join(repository, 'dist/logs', `${name}.log`), onBegin })
  }
  try {
    for (const [name, ensure] of Object.entries(suite.parts)) {
      await ensure((line) => console.log(`  ${name}: ${line}`))
    }
    return undefined
  } catch (error) {
    if (error instanceof PartUnavailableError) return error.message
    throw error
  }
}

/** Runs a suite in a vitest of its own. A run that ends without numbers, or badly with none failed, is one failure. */
export async function runSuite(suite: Suite, args: string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'kube9-tally-'))
  const tallyFile = join(folder, 'tally.json')
  try {
    const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
    const child = spawn(process.execPath, [vitest, 'run', '--project', suite.name, ...args], {
      cwd: repository,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, KUBE9_TALLY_FILE: tallyFile },
    })
    const [code] = (await once(child, 'close')) as [number | null]
    const tally = readTally(tallyFile) ?? emptyTally
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
