import { mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnv } from '#server/platform/env.ts'
import { migrate } from '#server/platform/migrate.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import type { BuildName } from '#scripts/build/builds.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { generatePrismaClient } from '#scripts/prisma/generate.ts'
import { claimFolder } from './claim-folder.ts'
import { claimPorts } from './claim-ports.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import type { ProductDatabase } from './embedded-database.ts'
import { StartFailure } from './failure.ts'
import { openGivenDatabase, requireGivenSecrets } from './given-database.ts'
import { Program } from './program.ts'
import { programEnvironment } from './program-environment.ts'
import type { ProgramEnvironment } from './program-environment.ts'
import type { ProductSettings } from './settings.ts'
import { readOrMakeSecrets } from './secrets.ts'
import type { LocalSecrets } from './secrets.ts'

export interface ProductOptions {
  settings: ProductSettings
  builds: BuildName[]
  /** True: the data folder is thrown away in the end, so its database ends with this process. */
  temporary?: boolean
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
  prepareFolder(settings.dataFolder)
  const cleanups = [claimFolder(settings)]
  let stopping = Promise.resolve()
  const stop = () => (stopping = stopping.then(() => runAll(cleanups)))
  settings.ending.addEventListener('abort', () => void stop(), { once: true })
  try {
    await claimPorts({ PORTAL_PORT: settings.portalPort, API_PORT: settings.apiPort })
    return await start(options, cleanups, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function runAll(cleanups: (() => Promise<void>)[]): Promise<void> {
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop()) await cleanup()
}

async function start(
  options: ProductOptions,
  cleanups: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<RunningProduct> {
  const { settings } = options
  const secrets = settings.databaseUrl === undefined ? readOrMakeSecrets(settings.dataFolder) : requireGivenSecrets()
  const ports = { worker: await freePort(), mail: await freePort() }
  const environment = (url: string) => programEnvironment({ settings, databaseUrl: url, secrets, ports })
  // Settings that no program would take are found before anything is started or built for them.
  readEnv(environment(settings.databaseUrl ?? 'postgresql://127.0.0.1/kube9'))
  const database = await openDatabase(options, secrets, cleanups)
  generatePrismaClient()
  await build(options)
  const env = environment(database.url)
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

async function openDatabase(
  { settings, temporary }: ProductOptions,
  secrets: LocalSecrets | undefined,
  cleanups: (() => Promise<void>)[],
): Promise<ProductDatabase> {
  if (secrets === undefined) return openGivenDatabase(settings.databaseUrl ?? '', process.env.DATABASE_OWNER_URL)
  const database = await startEmbeddedDatabase(settings.dataFolder, secrets, temporary)
  cleanups.push(() => database.stop())
  return database
}

async function build(options: ProductOptions): Promise<void> {
  for (const name of options.builds) {
    await buildWhenStale(builds[name], {
      logFile: join(options.settings.dataFolder, 'logs', `build-${name}.log`),
      signal: options.settings.ending,
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
