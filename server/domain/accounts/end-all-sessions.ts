import type { ServiceContext } from '#server/core/context.ts'
import { requireUser } from '#server/core/require-user.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { endAllEditors } from '#server/domain/editors/index.ts'

/** Signs all of the caller's browsers and editors out, this browser too. Gives back how many browsers. */
export async function endAllSessions(ctx: ServiceContext): Promise<number> {
  const { userId } = requireUser(ctx)
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId } })
    await endAllEditors(ctx, tx, { userId, reason: 'signed-out-everywhere' })
    return count
  })
}
