import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findPostgresBinaries } from './binaries.ts'
import { createDataFolder } from './create-data-folder.ts'
import { databaseUser } from './database-user.ts'
import { freePort } from './free-port.ts'
import { endPostmaster, findRunningPostmaster, readPostmaster } from './postmaster.ts'

export interface PostgresOptions {
  /** Absolute; made when missing. Its parent must be enterable by the database user (see enterable-folder.ts). */
  dataDir: string
  logFile: string
  /** Of the superuser `postgres`. */
  password: string
  /** 127.0.0.1 only; a free one unless given. */
  port?: number
  /** True: the data survives a power cut. False is for tests: faster, nothing is flushed. */
  durable: boolean
  /** True: the server ends when this process does, however it ends. False: it goes on until `stop`. */
  endsWithParent?: boolean
}

export interface PostgresServer {
  port: number
  /** True when a server that already ran on this data folder was taken over. */
  adopted: boolean
  superuserUrl: (database?: string) => string
  stop: () => Promise<void>
}

const READY_TIMEOUT_MS = 60_000

// Waits for its standard input to end, which happens when the process that started it does.
const WATCHDOG = '"$@" & child=$!; while read -r _; do :; done; kill -INT $child 2>/dev/null; wait $child'

/**
 * Starts PostgreSQL in a process group of its own, so that Ctrl-C in a terminal does not reach it, on 127.0.0.1 alone. A
 * server that still runs on the data folder is adopted when it answers, and ended when it does not.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const running = findRunningPostmaster(options.dataDir)
  if (running) {
    const adopted = describe(options, running.port, running.pid, true)
    if (await answers(adopted.superuserUrl())) return adopted
    await endPostmaster(running.pid)
  }
  const binaries = await findPostgresBinaries()
  createDataFolder(binaries, { ...options, user: databaseUser() })
  const port = options.port ?? (await freePort())
  const child = spawnServer(binaries.postgres, port, options)
  const pid = await waitUntilReady(child, options)
  const server = describe(options, port, pid, false)
  return options.endsWithParent ? { ...server, stop: () => endWatchdog(child) } : server
}

function describe(options: PostgresOptions, port: number, pid: number, adopted: boolean): PostgresServer {
  return {
    port,
    adopted,
    superuserUrl: (database = 'postgres') => `postgresql://postgres:${options.password}@127.0.0.1:${port}/${database}`,
    stop: () => endPostmaster(pid),
  }
}

async function endWatchdog(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.ref()
  child.stdin?.end()
  await once(child, 'exit')
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function spawnServer(postgres: string, port: number, options: PostgresOptions): ChildProcess {
  const log = openSync(options.logFile, 'a', 0o600)
  const args = ['-D', options.dataDir, '-p', String(port), ...settings(options.durable).flatMap((pair) => ['-c', pair])]
  const [program, programArgs] = options.endsWithParent
    ? ['/bin/sh', ['-c', WATCHDOG, 'sh', postgres, ...args]]
    : [postgres, args]
  const child = spawn(program, programArgs, {
    detached: true,
    cwd: '/',
    stdio: [options.endsWithParent ? 'pipe' : 'ignore', log, log],
    ...databaseUser(),
  })
  closeSync(log)
  child.unref()
  if (child.stdin instanceof Socket) child.stdin.unref()
  return child
}

function settings(durable: boolean): string[] {
  const always = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'TimeZone=UTC',
    'shared_buffers=64MB',
    // A statement that fails may hold a password; the message alone is enough.
    'log_min_error_statement=panic',
  ]
  if (durable) return [...always, 'max_connections=100']
  return [...always, 'max_connections=300', 'fsync=off', 'full_page_writes=off', 'synchronous_commit=off']
}

async function waitUntilReady(child: ChildProcess, options: PostgresOptions): Promise<number> {
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  const deadline = Date.now() + READY_TIMEOUT_MS
  for (;;) {
    const postmaster = readPostmaster(options.dataDir)
    if (postmaster?.ready && !ended) return postmaster.pid
    if (ended || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${lastComplaint(options.logFile)}`)
    await delay(10)
  }
}

function lastComplaint(logFile: string): string {
  const complaints = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => /(FATAL|PANIC|ERROR):/.test(line))
  return complaints.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ?? `it said nothing; see ${logFile}`
}
