import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureDatabase } from '#scripts/postgres/ensure-database.ts'
import { enterableFolder } from '#scripts/postgres/enterable-folder.ts'
import { startPostgres } from '#scripts/postgres/start-postgres.ts'
import { StartFailure } from './failure.ts'
import type { LocalSecrets } from './secrets.ts'

export interface ProductDatabase {
  /** As the role that the programs run as. */
  url: string
  /** As the role that migrates. */
  ownerUrl: string
  stop: () => Promise<void>
}

const NAME = 'kube9'

/**
 * Starts this checkout's own PostgreSQL, or takes over the one that a killed start left running. What is `temporary` leaves none:
 * it ends with this process, however that ends.
 */
export async function startEmbeddedDatabase(
  dataFolder: string,
  secrets: LocalSecrets,
  temporary = false,
): Promise<ProductDatabase> {
  const { superuser, owner, app } = secrets.databasePasswords
  const dataDir = join(enterableFolder(dataFolder), 'postgres')
  const isNew = !existsSync(dataDir)
  const logFile = join(dataFolder, 'logs', 'postgres.log')
  const server = await startPostgres({
    dataDir,
    logFile,
    password: superuser,
    durable: !temporary,
    endsWithParent: temporary,
  })
  try {
    await ensureDatabase(server.superuserUrl(), NAME, { owner, app })
  } catch (error) {
    await server.stop()
    if (isNew) throw error
    throw new StartFailure(
      `The database in ${dataDir} does not accept the passwords in secrets.json. Restore the secrets.json it was made with, or delete ${dataDir} and ${dataFolder} to begin again.`,
      { cause: error },
    )
  }
  const url = (role: string, password: string) => `postgresql://${role}:${password}@127.0.0.1:${server.port}/${NAME}`
  return { url: url('kube9_app', app), ownerUrl: url('kube9_owner', owner), stop: () => server.stop() }
}
