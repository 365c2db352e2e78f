import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { readMigrations } from './read-migrations.ts'

export interface WaitForSchemaOptions {
  /** Of the role that the process runs as (DATABASE_URL). */
  url: string
  timeoutMs: number
  migrationsFolder?: string
  signal?: AbortSignal
}

const POLL_MS = 200

/**
 * Resolves when the database holds the newest migration of this release, which another process applies. Rejects after
 * `timeoutMs` with the last thing that was in the way, or when `signal` ends the wait.
 */
export async function waitForSchema(options: WaitForSchemaOptions): Promise<void> {
  const newest = readMigrations(options.migrationsFolder).at(-1)?.name
  if (newest === undefined) return
  const deadline = Date.now() + options.timeoutMs
  for (;;) {
    const obstacle = await findObstacle(options.url, newest)
    if (obstacle === undefined) return
    if (Date.now() + POLL_MS > deadline) throw new Error(`The database is not ready for this release: ${obstacle}`)
    await delay(POLL_MS, undefined, options.signal ? { signal: options.signal } : {})
  }
}

async function findObstacle(url: string, migration: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const found = await client.query(
      'SELECT 1 FROM "_prisma_migrations" WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL',
      [migration],
    )
    return found.rowCount === 0 ? `migration ${migration} is not applied yet` : undefined
  } catch (error) {
    return describe(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function describe(error: unknown): string {
  const code = (error as { code?: string }).code
  if (code === '42P01') return 'it has never been migrated'
  return error instanceof Error && error.message !== '' ? error.message : (code ?? String(error))
}
