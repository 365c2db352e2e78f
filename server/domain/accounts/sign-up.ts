import type { AccountPurpose, SignUpInput } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { queueMail } from '#server/domain/mail/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import { limitMail } from './limits.ts'
import { createMailToken, voidMailTokens } from './mail-token.ts'
import { hashPassword } from './password-hash.ts'
import { refuseWeakPassword } from './refuse-weak-password.ts'
import { createEmptyProof, createSignUpProof } from './sign-up-proof.ts'
import { EQUAL_ANSWER_MS, takingAtLeast } from './taking-at-least.ts'

export const VERIFY_HOURS = 24
export const SIGN_UP_PROOF_SECONDS = VERIFY_HOURS * 3600

/**
 * Begins an account: its password waits until the address is verified by mail. A known address gets the same answer in the
 * same time, and its owner a mail. `proof` is for this browser's cookie. Throws INVALID_REQUEST for a weak password,
 * TOO_MANY_REQUESTS.
 */
export async function signUp(
  ctx: ServiceContext,
  input: SignUpInput & { clientAddress: string },
): Promise<{ proof: string }> {
  refuseWeakPassword(input.password, input.email)
  await limitMail(ctx, input)
  return takingAtLeast(EQUAL_ANSWER_MS, async () => {
    const passwordHash = await hashPassword(input.password)
    const person = { email: input.email, passwordHash, purpose: input.for }
    const begin = () => inTransaction(ctx, (tx) => beginAccount(ctx, tx, person))
    return begin().catch((error: unknown) => {
      if (error instanceof VerifiedMeanwhileError) return begin()
      throw error
    })
  })
}

/** Nothing of the attempt stays: the address is known now. */
class VerifiedMeanwhileError extends Error {}

async function beginAccount(
  ctx: ServiceContext,
  tx: Transaction,
  person: { email: string; passwordHash: string; purpose: AccountPurpose | undefined },
): Promise<{ proof: string }> {
  // Two sign-ups of one address at once wait for each other here, instead of one of them failing on the unique index.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-up ${person.email}`}, 0))`
  const known = await tx.user.findUnique({
    where: { email: person.email },
    select: { id: true, emailVerifiedAt: true },
  })
  if (known?.emailVerifiedAt) {
    await tellOwner(ctx, tx, person.email)
    return { proof: createEmptyProof(ctx) }
  }
  const userId = known?.id ?? (await createUser(ctx, tx, person.email))
  // Of several sign-ups before verification the last one counts, and its mail alone.
  await voidMailTokens(ctx, tx, userId)
  // Its owner may be verifying it in this moment: a password that comes after that would be a stranger's.
  const waiting = { id: userId, emailVerifiedAt: null }
  const { count } = await tx.user.updateMany({ where: waiting, data: { passwordHash: person.passwordHash } })
  if (count === 0) throw new VerifiedMeanwhileError()
  const { token, hash } = await createMailToken(ctx, tx, { userId, purpose: 'verify_email', hours: VERIFY_HOURS })
  const query = new URLSearchParams({ token, ...(person.purpose && { for: person.purpose }) })
  const link = `${ctx.env.addresses.portal}/verify?${query}`
  await queueMail(ctx, tx, person.email, { kind: 'verify-address', link, hours: VERIFY_HOURS })
  return { proof: createSignUpProof(ctx, hash) }
}

async function createUser(ctx: ServiceContext, tx: Transaction, email: string): Promise<string> {
  const { id } = await tx.user.create({ data: { email, createdAt: ctx.clock.now() }, select: { id: true } })
  return id
}

async function tellOwner(ctx: ServiceContext, tx: Transaction, email: string): Promise<void> {
  const { portal } = ctx.env.addresses
  await queueMail(ctx, tx, email, {
    kind: 'address-already-known',
    signInLink: `${portal}/sign-in`,
    resetLink: `${portal}/forgot`,
  })
}
