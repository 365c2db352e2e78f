import { spawnSync } from 'node:child_process'

export interface DatabaseUser {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root: for root this is the system user `postgres`, made when missing. For everybody else
 * undefined, since the database runs as the person who started it.
 */
export function databaseUser(): DatabaseUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const existing = lookUp('postgres')
  if (existing) return existing
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  const made = lookUp('postgres')
  if (made) return made
  throw new Error(
    'PostgreSQL does not run as root and the user "postgres" could not be made. Run kube9 as an ordinary user, or set DATABASE_URL.',
  )
}

function lookUp(name: string): DatabaseUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' })
    return answer.status === 0 ? Number(answer.stdout.trim()) : undefined
  })
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}
