import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { rotateSigningKeys } from '#server/domain/entitlements/index.ts'

const EVERY_MS = 3_600_000
const AFTER_FAULT_MS = 60_000

/** Has the next signing key published in time, and retires those that are over, until `signal` aborts. */
export async function rotateKeys(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const done = await rotateSigningKeys(ctx).then(
      () => true,
      (error: unknown) => {
        ctx.log.warn(
          { reason: error instanceof Error ? error.message : String(error) },
          'signing keys could not be rotated',
        )
        return false
      },
    )
    await delay(done ? EVERY_MS : AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined)
  }
}
