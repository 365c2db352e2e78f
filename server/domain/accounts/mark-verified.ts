import type { ServiceContext } from '#server/core/context.ts'
import { createPersonalTeam } from '#server/domain/teams/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import { voidMailTokens } from './mail-token.ts'

/**
 * The first proof that a person owns the address: links that were mailed before end, the personal team with its trial begins,
 * and a password that someone else may have set before goes. Does nothing to an account that is verified already.
 */
export async function markVerified(
  ctx: ServiceContext,
  tx: Transaction,
  input: { userId: string; keepPassword: boolean },
): Promise<void> {
  const now = ctx.clock.now()
  const { count } = await tx.user.updateMany({
    where: { id: input.userId, emailVerifiedAt: null, deletedAt: null },
    data: { emailVerifiedAt: now, ...(input.keepPassword ? {} : { passwordHash: null }) },
  })
  if (count === 0) return
  await voidMailTokens(ctx, tx, input.userId)
  await createPersonalTeam(ctx, tx, { userId: input.userId })
}
