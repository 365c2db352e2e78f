import { REFRESH_REPEAT_SECONDS } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { endMatchingEditors } from './end-matching.ts'
import { idleBefore, secondsFromNow } from './lifetimes.ts'

const IDLE_AT_ONCE = 200
/** So long a used code is known, and its second use ends what the first connected. */
const KEEP_CODE_SECONDS = 24 * 3600

/**
 * Ends idle editors, and removes tokens and codes that open nothing any more. Used refresh tokens stay as long as their owner
 * may come back with one: then the thief's editor ends.
 */
export async function removeExpiredEditors(ctx: ServiceContext): Promise<void> {
  const { db, clock } = ctx
  const now = clock.now()
  const idle = await db.connectedEditor.findMany({
    where: { lastSeenAt: { lte: idleBefore(ctx) } },
    select: { id: true },
    take: IDLE_AT_ONCE,
  })
  const ids = idle.map(({ id }) => id)
  const isIdle = { id: { in: ids }, lastSeenAt: { lte: idleBefore(ctx) } }
  if (ids.length > 0) await inTransaction(ctx, (tx) => endMatchingEditors(ctx, tx, isIdle, 'idle'))
  await db.editorCode.deleteMany({ where: { expiresAt: { lt: secondsFromNow(ctx, -KEEP_CODE_SECONDS) } } })
  await db.editorAccessToken.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.webviewGrant.deleteMany({ where: { expiresAt: { lt: now } } })
  await db.editorRefreshToken.deleteMany({ where: { usedAt: { lt: idleBefore(ctx) } } })
  await db.editorRefreshToken.updateMany({
    where: { usedAt: { lt: secondsFromNow(ctx, -2 * REFRESH_REPEAT_SECONDS) }, sealedSuccessor: { not: null } },
    data: { sealedSuccessor: null },
  })
}
