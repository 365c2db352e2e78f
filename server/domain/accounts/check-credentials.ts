import type { Credentials } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { limitSignIn } from './limits.ts'
import { verifyPassword } from './password-hash.ts'

/** Whose password was given, and the hash that it fits: a session may begin with it while that is the account's. */
export type ProvenPassword = { userId: string; passwordHash: string }

const NO_FIT =
  'This address and password do not fit together, or the address is not verified yet. Check both, or look for our mail with the link.'

/** The one answer to whoever may not sign in with a password. */
export function refusedCredentials(): ServiceError {
  return new ServiceError('UNAUTHENTICATED', NO_FIT)
}

/**
 * Whose address and password these are. Throws UNAUTHENTICATED, always with the same words: neither a wrong address nor a
 * wrong password nor an address that waits for verification can be told from the others. TOO_MANY_REQUESTS over a limit.
 */
export async function checkCredentials(
  ctx: ServiceContext,
  input: Credentials & { clientAddress: string },
): Promise<ProvenPassword> {
  await limitSignIn(ctx, input)
  const proven = await findOwner(ctx, input)
  if (!proven) throw refusedCredentials()
  return proven
}

async function findOwner(ctx: ServiceContext, input: Credentials): Promise<ProvenPassword | null> {
  const user = await ctx.db.user.findUnique({
    where: { email: input.email, deletedAt: null },
    select: { id: true, passwordHash: true, emailVerifiedAt: true },
  })
  const fits = await verifyPassword(input.password, user?.passwordHash ?? null)
  if (!user?.passwordHash || !fits || !user.emailVerifiedAt) return null
  return { userId: user.id, passwordHash: user.passwordHash }
}
