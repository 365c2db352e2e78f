import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './prisma/generated/client.ts'
import type { Prisma } from './prisma/generated/client.ts'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

const CONNECT_TIMEOUT_MS = 5_000
const QUERY_TIMEOUT_MS = 8_000

/** One pool of connections. Time-outs are short, so that a database that hangs becomes 503 and not a queue. */
export function createDatabase(options: { url: string; poolSize?: number }): Database {
  const adapter = new PrismaPg({
    connectionString: options.url,
    options: '-c TimeZone=UTC',
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    statement_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  return new PrismaClient({ adapter })
}
