import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { announceOfflineClusters } from '#server/domain/clusters/index.ts'

const EVERY_MS = 10_000

/** Tells pages that show a cluster when it goes offline, which no request does, until `signal` aborts. */
export async function announceOffline(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined)
    await announceOfflineClusters(ctx).catch((error: unknown) => {
      ctx.log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'offline clusters could not be announced',
      )
    })
  }
}
