import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/** Answers the engine's first question as PostgreSQL 18 would, so that files can be compared without a database. */
export function offlineAdapterFactory(schemaName: string): SqlMigrationAwareDriverAdapterFactory {
  const adapter: SqlDriverAdapter = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    getConnectionInfo: () => ({ schemaName, supportsRelationJoins: true }),
    queryRaw: () =>
      Promise.resolve({
        columnNames: ['exists', 'version', 'numeric_version'],
        columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
        rows: [[true, 'PostgreSQL 18.0', 180_000]],
      }),
    executeRaw: () => Promise.resolve(0),
    executeScript: () => Promise.resolve(),
    startTransaction: () => Promise.reject(new Error('This comparison has no database.')),
    dispose: () => Promise.resolve(),
  }
  const connect = () => Promise.resolve(adapter)
  return { provider: 'postgres', adapterName: adapter.adapterName, connect, connectToShadowDb: connect }
}
