import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { readMigrations } from './read-migrations.ts'
import type { Migration } from './read-migrations.ts'

export interface MigrateOptions {
  /** Of the role that owns the database (DATABASE_OWNER_URL). */
  ownerUrl: string
  migrationsFolder?: string
}

/** The number under which Prisma's own CLI takes its advisory lock, so that the two never migrate at once. */
const PRISMA_LOCK_ID = 72_707_369

const CREATE_LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum"            VARCHAR(64) NOT NULL,
  "finished_at"         TIMESTAMPTZ,
  "migration_name"      VARCHAR(255) NOT NULL,
  "logs"                TEXT,
  "rolled_back_at"      TIMESTAMPTZ,
  "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

/** A database that cannot be migrated as it is; its message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Applies what is new of `prisma/migrations`, each migration in a transaction of its own with its row in
 * `_prisma_migrations`, under an advisory lock: the second of two processes waits, then finds nothing to do. Gives back
 * the names it applied. Throws MigrationError when the database holds a migration that failed, changed, or is unknown.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = readMigrations(options.migrationsFolder)
  const client = new pg.Client({ connectionString: options.ownerUrl, options: '-c TimeZone=UTC' })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK_ID])
    await client.query(CREATE_LEDGER)
    await client.query('GRANT SELECT ON "_prisma_migrations" TO PUBLIC')
    const applied = await readApplied(client)
    checkHistory(migrations, applied)
    const pending = migrations.filter((migration) => !applied.has(migration.name))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

interface LedgerRow {
  migration_name: string
  checksum: string
  finished_at: Date | null
}

async function readApplied(client: pg.Client): Promise<Map<string, LedgerRow>> {
  const { rows } = await client.query<LedgerRow>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  )
  return new Map(rows.map((row) => [row.migration_name, row]))
}

function checkHistory(migrations: Migration[], applied: Map<string, LedgerRow>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of applied.values()) {
    const migration = known.get(row.migration_name)
    if (row.finished_at === null) {
      throw new MigrationError(
        `Migration ${row.migration_name} began in this database and never finished. Mend it, then run "npx prisma migrate resolve".`,
      )
    }
    if (!migration) {
      throw new MigrationError(
        `This database holds migration ${row.migration_name}, which this release does not know. Run the release that made it, or a newer one.`,
      )
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after it was applied. Restore its file; put the change into a new migration.`,
      )
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    const id = randomUUID()
    await client.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, $4)',
      [id, migration.checksum, migration.name, new Date()],
    )
    await client.query(migration.sql)
    await client.query('UPDATE "_prisma_migrations" SET finished_at = $2, applied_steps_count = 1 WHERE id = $1', [
      id,
      new Date(),
    ])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationError(
      `Migration ${migration.name} was refused by the database and left nothing behind: ${reason}`,
      { cause: error },
    )
  }
}
