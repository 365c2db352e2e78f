import { mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnv } from '#server/platform/env.ts'
import { migrate } from '#server/platform/migrate.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import type { BuildName } from '#scripts/build/builds.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { generatePrismaClient } from '#scripts/prisma/generate.ts'
import { claimPorts } from './claim-ports.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import type { ProductDatabase } from './embedded-database.ts'
import { StartFailure } from './failure.ts'
import { openGivenDatabase } from './given-database.ts'
import { Program } from './program.ts'
import { programEnvironment } from './program-environment.ts'
import type { ProgramEnvironment } from './program-environment.ts'
import type { ProductSettings } from './settings.ts'
import { readOrMakeSecrets } from './secrets.ts'

export interface ProductOptions {
  settings: ProductSettings
  builds: BuildName[]
  /** Added to the environment of every program. */
  env?: Record<string, string>
  onProgress: (line: string) => void
  onWarning: (line: string) => void
}

export interface RunningProduct {
  database: ProductDatabase
  /** The programs' environment, secrets included. */
  env: ProgramEnvironment
  /** Resolves with its last words when one of the programs ends by itself. */
  waitForFall: () => Promise<string>
  /** Ends the programs, and PostgreSQL after them. */
  stop: () => Promise<void>
}

const LEAST_FREE_BYTES = 16 * 1024 * 1024

/** Starts everything on this machine and resolves when all of it is ready; a start that fails leaves nothing running. */
export async function startProduct(options: ProductOptions): Promise<RunningProduct> {
  const { settings } = options
  await claimPorts({ PORTAL_PORT: settings.portalPort, API_PORT: settings.apiPort })
  prepareFolder(settings.dataFolder)
  const cleanups: (() => Promise<void>)[] = []
  const stop = async () => {
    for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup()
  }
  settings.ending.addEventListener('abort', () => void stop(), { once: true })
  try {
    return await start(options, cleanups, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: ProductOptions,
  cleanups: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningProduct> {
  const { settings } = options
  generatePrismaClient()
  const { database, secrets } = await openDatabase(settings, cleanups)
  await build(options)
  const env = programEnvironment({
    settings,
    database,
    secrets,
    workerPort: await freePort(),
    mailPort: await freePort(),
  })
  readEnv(env)
  await migrate({ ownerUrl: database.ownerUrl })
  settings.ending.throwIfAborted()
  const programs = startPrograms(options, { ...env, ...options.env })
  cleanups.push(async () => void (await Promise.all(programs.map((program) => program.stop()))))
  await Promise.all(programs.map((program) => program.waitUntilReady()))
  const waitForFall = () =>
    Promise.race(programs.map((program) => program.waitForEnd().then(() => program.lastWords())))
  return { database, env, waitForFall, stop }
}

function prepareFolder(folder: string): void {
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize > LEAST_FREE_BYTES) return
  throw new StartFailure(`The disk is full. Free some space where ${folder} lies, then start again.`)
}

async function openDatabase(settings: ProductSettings, cleanups: (() => Promise<void>)[]) {
  if (settings.databaseUrl !== undefined) {
    return { database: await openGivenDatabase(settings.databaseUrl, process.env), secrets: undefined }
  }
  const secrets = readOrMakeSecrets(join(settings.dataFolder, 'secrets.json'))
  const database = await startEmbeddedDatabase(settings.dataFolder, secrets)
  cleanups.unshift(() => database.stop())
  return { database, secrets }
}

async function build(options: ProductOptions): Promise<void> {
  for (const name of options.builds) {
    await buildWhenStale(builds[name], {
      logFile: join(options.settings.dataFolder, 'logs', `build-${name}.log`),
      onBegin: () =>
        options.onProgress(`Building the ${name}${name === 'portal' ? ' (about 30 s, after a change)' : ''} …`),
    })
  }
}

// Next keeps what it once allocated unless it is told to be thrifty.
const PORTAL_FLAGS = ['--max-old-space-size=192', '--max-semi-space-size=8']

function startPrograms(options: ProductOptions, env: ProgramEnvironment): Program[] {
  const { dataFolder, portalPort, apiPort } = options.settings
  const ports = { portal: portalPort, api: apiPort, worker: Number(env.WORKER_PORT) }
  return Object.entries(ports).map(
    ([name, port]) =>
      new Program({
        name,
        file: `server/${name}.ts`,
        nodeFlags: name === 'portal' ? PORTAL_FLAGS : [],
        env: name === 'portal' ? { MALLOC_ARENA_MAX: '2', ...env } : env,
        readyUrl: `http://127.0.0.1:${port}/readyz`,
        logFile: join(dataFolder, 'logs', `${name}.log`),
        onWarning: options.onWarning,
      }),
  )
}
