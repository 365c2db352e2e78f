import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { queueMail } from '#server/domain/mail/index.ts'
import { limitLinks, mailboxHasRoom } from './limits.ts'
import { createMailToken } from './mail-token.ts'
import { EQUAL_ANSWER_MS, takingAtLeast } from './taking-at-least.ts'

export const RESET_HOURS = 1

/** Mails a link to choose a new password, when the address is known. The answer and its time do not tell. Throws TOO_MANY_REQUESTS. */
export async function requestReset(
  ctx: ServiceContext,
  input: { email: string; clientAddress: string },
): Promise<void> {
  await limitLinks(ctx, input)
  await takingAtLeast(EQUAL_ANSWER_MS, () => mailResetLink(ctx, input.email))
}

async function mailResetLink(ctx: ServiceContext, email: string): Promise<void> {
  if (!(await mailboxHasRoom(ctx, email, 'reset-password'))) return
  await inTransaction(ctx, async (tx) => {
    const user = await tx.user.findUnique({ where: { email, deletedAt: null }, select: { id: true } })
    if (!user) return
    const { token } = await createMailToken(ctx, tx, { userId: user.id, purpose: 'reset_password', hours: RESET_HOURS })
    const link = `${ctx.env.addresses.portal}/reset?token=${token}`
    await queueMail(ctx, tx, email, { kind: 'reset-password', link, hours: RESET_HOURS })
  })
}
