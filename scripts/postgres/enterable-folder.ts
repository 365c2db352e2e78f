import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { databaseUser } from './database-user.ts'

/** Where root keeps what the database user must reach when that user cannot enter the checkout. */
const OUTSIDE = '/var/lib/kube9'

/**
 * The given folder (made when missing) when the database user can enter it, or else a folder of its own outside the
 * checkout, always the same one for the same path.
 */
export function enterableFolder(preferred: string): string {
  mkdirSync(preferred, { recursive: true })
  const user = databaseUser()
  if (!user || canEnter(preferred, user)) return preferred
  const outside = join(OUTSIDE, createHash('sha256').update(preferred).digest('hex').slice(0, 12))
  mkdirSync(outside, { recursive: true, mode: 0o755 })
  return outside
}

function canEnter(folder: string, user: { uid: number; gid: number }): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid: user.uid, gid: user.gid }).status === 0
}
