import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceContext } from '#server/core/context.ts'
import { removeExpiredEditors } from '#server/domain/editors/index.ts'
import { KEEP_SAMPLES_DAYS } from './keep-partitions.ts'

const EVERY_MS = 10 * 60_000
const DAY_MS = 24 * 3_600_000
const KEEP_MAIL_DAYS = 30
const KEEP_TOKEN_DAYS = 7
const KEEP_EVENT_DAYS = 30

/** So many rows at once that a statement ends well within its time limit: one that is cut off has removed nothing. */
const BITE = 10_000

/** Removes what has expired and serves nobody any more, every ten minutes until `signal` aborts. */
export async function removeExpired(ctx: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await removeExpiredOnce(ctx, signal)
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * Sessions, links, counts and editors that are over; mails and tokens after a time in which support may ask for them. One kind
 * that cannot be removed is logged, and keeps none of the others.
 */
export async function removeExpiredOnce(ctx: ServiceContext, signal?: AbortSignal): Promise<void> {
  const { db, clock } = ctx
  const now = clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const over = daysAgo(KEEP_MAIL_DAYS)
  const bites: Record<string, (limit: number) => Promise<{ count: number }>> = {
    sessions: (limit) => db.session.deleteMany({ where: { expiresAt: { lt: now } }, limit }),
    'magic links': (limit) => db.magicLink.deleteMany({ where: { expiresAt: { lt: now } }, limit }),
    'mail tokens': (limit) =>
      db.mailToken.deleteMany({ where: { expiresAt: { lt: daysAgo(KEEP_TOKEN_DAYS) } }, limit }),
    'rate limits': (limit) => db.rateLimit.deleteMany({ where: { expiresAt: { lt: now } }, limit }),
    mails: (limit) =>
      db.outgoingMail.deleteMany({ where: { OR: [{ sentAt: { lt: over } }, { failedAt: { lt: over } }] }, limit }),
    events: (limit) => db.clusterEvent.deleteMany({ where: { at: { lt: daysAgo(KEEP_EVENT_DAYS) } }, limit }),
    // Nobody sends a collection again after so long that the first one is gone.
    receipts: (limit) =>
      db.collectionReceipt.deleteMany({ where: { receivedAt: { lt: daysAgo(KEEP_SAMPLES_DAYS) } }, limit }),
  }
  for (const [what, bite] of Object.entries(bites)) await logged(ctx, what, () => removeInBites(bite, signal))
  await logged(ctx, 'editors', () => removeExpiredEditors(ctx))
}

async function removeInBites(bite: (limit: number) => Promise<{ count: number }>, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const { count } = await bite(BITE)
    if (count < BITE) return
  }
}

async function logged(ctx: ServiceContext, what: string, remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    ctx.log.warn({ what, reason }, 'expired rows could not be removed')
  }
}
