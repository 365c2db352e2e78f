import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartFailure } from './failure.ts'

const secretsSchema = z.object({
  keyPeppers: z.string(),
  authSecret: z.string(),
  signingSecret: z.string(),
  databasePasswords: z.object({ superuser: z.string(), owner: z.string(), app: z.string() }),
})

export type LocalSecrets = z.infer<typeof secretsSchema>

/**
 * The secrets of this checkout's own database, made on the first start and readable by their owner alone. Without this file
 * every key made here would be worthless, so a broken one is never replaced.
 */
export function readOrMakeSecrets(dataFolder: string): LocalSecrets {
  const file = join(dataFolder, 'secrets.json')
  if (existsSync(file)) return readSecrets(file)
  const secret = () => randomBytes(32).toString('base64')
  const password = () => randomBytes(18).toString('hex')
  const secrets: LocalSecrets = {
    keyPeppers: `1:${secret()}`,
    authSecret: secret(),
    signingSecret: secret(),
    databasePasswords: { superuser: password(), owner: password(), app: password() },
  }
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return secrets
}

function readSecrets(file: string): LocalSecrets {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new StartFailure(
      `${file} cannot be read. Restore it from a backup, or delete its folder to begin again without accounts and keys.`,
      { cause: error },
    )
  }
}
