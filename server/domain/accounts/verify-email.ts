import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSession } from './create-session.ts'
import type { SessionClient } from './create-session.ts'
import { limitTokens } from './limits.ts'
import { createMailToken, useMailToken } from './mail-token.ts'
import { markVerified } from './mark-verified.ts'
import { RESET_HOURS } from './request-reset.ts'
import { provesSignUp } from './sign-up-proof.ts'

type VerifyEmailInput = { token: string; proof: string | null; client: SessionClient & { address: string } }
type Verified = { sessionToken: string | null; resetToken: string | null }

/**
 * Makes an address the person's own, with a personal team. In the browser that signed up the password stays and a session
 * begins. In any other the password is discarded, because a stranger may have signed up with this address, and `resetToken`
 * lets the mailbox's owner choose one. Throws INVALID_REQUEST for a link that does not work any more.
 */
export async function verifyEmail(ctx: ServiceContext, input: VerifyEmailInput): Promise<Verified> {
  await limitTokens(ctx, input.client.address)
  return inTransaction(ctx, async (tx) => {
    const { userId, hash } = await useMailToken(ctx, tx, input.token, 'verify_email')
    const sameBrowser = provesSignUp(ctx, input.proof, hash)
    await markVerified(ctx, tx, { userId, keepPassword: sameBrowser })
    if (!sameBrowser) return { sessionToken: null, resetToken: await offerNewPassword(ctx, tx, userId) }
    const { token } = await createSession({ ...ctx, db: tx }, { userId, client: input.client })
    return { sessionToken: token, resetToken: null }
  })
}

async function offerNewPassword(ctx: ServiceContext, tx: Transaction, userId: string): Promise<string> {
  const { token } = await createMailToken(ctx, tx, { userId, purpose: 'reset_password', hours: RESET_HOURS })
  return token
}
