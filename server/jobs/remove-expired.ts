import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { removeExpiredEditors } from '#server/domain/editors/index.ts'
import { KEEP_SAMPLES_DAYS } from './keep-partitions.ts'

const EVERY_MS = 10 * 60_000
const DAY_MS = 24 * 3_600_000
const KEEP_MAIL_DAYS = 30
const KEEP_TOKEN_DAYS = 7
const KEEP_EVENT_DAYS = 30

/** Removes what has expired and serves nobody any more, every ten minutes until `signal` aborts. */
export async function removeExpired(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await removeExpiredOnce(ctx).catch((error: unknown) => {
      ctx.log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'expired rows could not be removed',
      )
    })
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/** Sessions, links, counts and editors that are over; mails and tokens after a time in which support may ask for them. */
export async function removeExpiredOnce(ctx: ServiceContext): Promise<void> {
  const { db, clock } = ctx
  const now = clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await db.session.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.magicLink.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.mailToken.deleteMany({ where: { expiresAt: { lt: daysAgo(KEEP_TOKEN_DAYS) } } })
  await db.rateLimit.deleteMany({ where: { expiresAt: { lt: now } } })
  const over = daysAgo(KEEP_MAIL_DAYS)
  await db.outgoingMail.deleteMany({ where: { OR: [{ sentAt: { lt: over } }, { failedAt: { lt: over } }] } })
  await db.clusterEvent.deleteMany({ where: { at: { lt: daysAgo(KEEP_EVENT_DAYS) } } })
  // Nobody sends a collection again after so long that the first one is gone.
  await db.collectionReceipt.deleteMany({ where: { receivedAt: { lt: daysAgo(KEEP_SAMPLES_DAYS) } } })
  await removeExpiredEditors(ctx)
}
