import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import type { DatabaseUser } from './database-user.ts'

interface NewDataFolder {
  dataDir: string
  password: string
  user: DatabaseUser | undefined
  /** False leaves out the flush to disk: for databases that nobody will miss. */
  durable: boolean
}

/** Makes the files of an empty database, all or nothing: an interrupted attempt is swept away by the next one. */
export function createDataFolder(binaries: PostgresBinaries, folder: NewDataFolder): void {
  const { dataDir, user } = folder
  if (existsSync(join(dataDir, 'PG_VERSION'))) return
  const partial = `${dataDir}.new`
  const passwordFile = `${dataDir}.password`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(dirname(dataDir), { recursive: true })
  mkdirSync(partial, { mode: 0o700 })
  writeFileSync(passwordFile, folder.password, { mode: 0o600 })
  if (user) for (const path of [partial, passwordFile]) chownSync(path, user.uid, user.gid)
  try {
    runInitdb(
      binaries.initdb,
      [`--pgdata=${partial}`, `--pwfile=${passwordFile}`, ...(folder.durable ? [] : ['--no-sync'])],
      user,
    )
    rmSync(dataDir, { recursive: true, force: true })
    renameSync(partial, dataDir)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(partial, { recursive: true, force: true })
  }
}

function runInitdb(initdb: string, flags: string[], user: DatabaseUser | undefined): void {
  const fixed = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  const run = spawnSync(initdb, [...fixed, ...flags], { encoding: 'utf8', cwd: '/', ...user })
  if (run.status !== 0)
    throw new Error(`PostgreSQL could not make its files: ${run.error?.message ?? lastLine(run.stderr)}`)
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => /error|fatal/i.test(line))
  return lines.at(-1)?.trim() ?? text.trim().split('\n').at(-1) ?? ''
}
