import type { ResetPasswordInput } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { endAllEditors } from '#server/domain/editors/index.ts'
import { limitTokens } from './limits.ts'
import { useMailToken, voidMailTokens } from './mail-token.ts'
import { markVerified } from './mark-verified.ts'
import { hashPassword } from './password-hash.ts'
import { refuseWeakPassword } from './refuse-weak-password.ts'

/**
 * Sets a new password by a link from a mail, which proves the address too, and ends every session, every connected editor and
 * every sign-in link of this person. Throws INVALID_REQUEST for a weak password (the link still works then) or a link that does not work any more.
 */
export async function resetPassword(
  ctx: ServiceContext,
  input: ResetPasswordInput & { clientAddress: string },
): Promise<void> {
  await limitTokens(ctx, input.clientAddress)
  const passwordHash = await hashPassword(input.password)
  await inTransaction(ctx, async (tx) => {
    const { userId } = await useMailToken(ctx, tx, input.token, 'reset_password')
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } })
    refuseWeakPassword(input.password, email)
    await markVerified(ctx, tx, { userId, keepPassword: false })
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } })
    await voidMailTokens(ctx, tx, userId)
    await tx.magicLink.deleteMany({ where: { identifier: email } })
    await tx.session.deleteMany({ where: { userId } })
    await endAllEditors(ctx, tx, { userId, reason: 'password-reset' })
  })
}
