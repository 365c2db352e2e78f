import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'

const EVERY_MS = 6 * 3_600_000
const AFTER_FAULT_MS = 60_000
const DAYS_AHEAD = 14

/** Samples of heartbeats, and collections, are kept for this long. A history looks back a week. */
export const KEEP_SAMPLES_DAYS = 14

/**
 * Makes the daily partitions of samples two weeks ahead, so that nothing that comes lacks a place, and drops those that are
 * over, until `signal` aborts.
 */
export async function keepPartitions(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const done = await keepPartitionsOnce(ctx).then(
      () => true,
      (error: unknown) => {
        ctx.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'partitions could not be kept')
        return false
      },
    )
    await delay(done ? EVERY_MS : AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined)
  }
}

export async function keepPartitionsOnce({ db }: Pick<ServiceContext, 'db'>): Promise<void> {
  await db.$executeRaw`SELECT ts.ensure_partitions(${DAYS_AHEAD}::int)`
  await db.$executeRaw`SELECT ts.drop_partitions(${KEEP_SAMPLES_DAYS}::int)`
}
