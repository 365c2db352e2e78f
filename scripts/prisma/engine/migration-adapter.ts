import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { connectionSettings, runStatement } from './connection.ts'

interface MigrationTarget {
  url: string
  schema: string
  shadowUrl: string | undefined
}

const CHAR_TYPE_ID = 18
const TEXT_TYPE_ID = 25

/** The way from the engine to PostgreSQL: for the database itself, and for a shadow database made for one run. */
export function migrationAdapterFactory(target: MigrationTarget): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(connectionSettings(target.url), target.schema),
    connectToShadowDb: () => connectToShadow(target),
  }
}

async function connectToShadow(target: MigrationTarget): Promise<SqlDriverAdapter> {
  if (target.shadowUrl !== undefined) return connect(connectionSettings(target.shadowUrl), target.schema)
  const database = `prisma_migrate_shadow_db_${randomUUID()}`
  const server = connectionSettings(target.url)
  await runStatement(server, `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
  const drop = () => runStatement(server, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`)
  return connect(connectionSettings(target.url, database), target.schema, drop)
}

async function connect(
  settings: pg.ClientConfig,
  schema: string,
  afterwards: () => Promise<void> = () => Promise.resolve(),
): Promise<SqlDriverAdapter> {
  // One session for all: the advisory lock that the engine takes belongs to a session.
  const pool = new pg.Pool({ ...settings, max: 1, idleTimeoutMillis: 0 })
  const charColumns: CharColumns = { indexes: [] }
  pool.on('error', () => undefined)
  pool.on('connect', (client) => noteCharColumns(client, charColumns))
  const adapter = await new PrismaPg(pool, { schema }).connect()
  const startTransaction = adapter.startTransaction.bind(adapter)
  return Object.assign(restoreCharColumns(adapter, charColumns), {
    startTransaction: async (level?: IsolationLevel) => restoreCharColumns(await startTransaction(level), charColumns),
    // The adapter's own version splits at every semicolon, also inside functions.
    executeScript: (script: string) => executeWhole(pool, adapter, script),
    dispose: async () => {
      if (!pool.ended) await pool.end()
      await afterwards()
    },
  })
}

async function executeWhole(pool: pg.Pool, adapter: SqlDriverAdapter, script: string): Promise<void> {
  try {
    await pool.query(script)
  } catch (error) {
    const { onError } = adapter as unknown as { onError: (error: unknown) => never }
    onError.call(adapter, error)
  }
}

/** Of the last answer: which of its columns have the catalogue's type "char", which the adapter refuses to read. */
interface CharColumns {
  indexes: number[]
}

function noteCharColumns(client: pg.PoolClient, columns: CharColumns): void {
  const { connection } = client as unknown as { connection: EventEmitter }
  connection.prependListener('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
    columns.indexes = []
    for (const [index, field] of fields.entries()) {
      if (field.dataTypeID !== CHAR_TYPE_ID) continue
      field.dataTypeID = TEXT_TYPE_ID
      columns.indexes.push(index)
    }
  })
}

function restoreCharColumns<T extends SqlQueryable>(queryable: T, columns: CharColumns): T {
  const queryRaw = queryable.queryRaw.bind(queryable)
  return Object.assign(queryable, {
    queryRaw: async (query: SqlQuery) => {
      columns.indexes = []
      const result = await queryRaw(query)
      for (const index of columns.indexes) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    },
  })
}
