import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { markVerified } from './mark-verified.ts'

/**
 * Makes an account for an address that another way has proven: a magic link, or a service that vouches for it. An account that
 * waited for verification becomes this one, without the password that was set before.
 */
export async function createVerifiedAccount(
  ctx: ServiceContext,
  input: { email: string; name: string | null },
): Promise<{ userId: string }> {
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.user.upsert({
      where: { email: input.email },
      create: { email: input.email, name: input.name, createdAt: ctx.clock.now() },
      update: {},
      select: { id: true },
    })
    await markVerified(ctx, tx, { userId: id, keepPassword: false })
    return { userId: id }
  })
}
