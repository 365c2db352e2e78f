import type { ServiceContext } from './context.ts'
import type { Transaction } from '#server/platform/database.ts'

/** Runs `work` in one transaction; inside another one it joins that. */
export async function inTransaction<T>(ctx: ServiceContext, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (!('$transaction' in ctx.db)) return work(ctx.db)
  return ctx.db.$transaction(work, { maxWait: 5_000, timeout: 10_000 })
}
