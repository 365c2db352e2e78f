import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { announceOfflineClusters } from '#server/domain/clusters/index.ts'

const EVERY_MS = 10_000

/** Tells pages that show a cluster when it goes offline, which no request does, until `signal` aborts. */
export async function announceOffline(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  let since = ctx.clock.now()
  while (!signal.aborted) {
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined)
    const until = ctx.clock.now()
    // After a fault the next round covers the time of this one too.
    since = await announceOfflineClusters(ctx, { since, until }).then(
      () => until,
      (error: unknown) => {
        ctx.log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          'offline clusters could not be announced',
        )
        return since
      },
    )
  }
}
