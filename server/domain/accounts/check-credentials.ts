import type { Credentials } from '#contract/account-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { limitSignIn } from './limits.ts'
import { verifyPassword } from './password-hash.ts'

/**
 * Whose address and password these are. Throws UNAUTHENTICATED, always with the same words: neither a wrong address nor a
 * wrong password nor an address that waits for verification can be told from the others. TOO_MANY_REQUESTS over a limit.
 */
export async function checkCredentials(
  ctx: ServiceContext,
  input: Credentials & { clientAddress: string },
): Promise<{ userId: string }> {
  await limitSignIn(ctx, input)
  const userId = await findOwner(ctx, input)
  if (userId !== null) return { userId }
  throw new ServiceError(
    'UNAUTHENTICATED',
    'This address and password do not fit together, or the address is not verified yet. Check both, or look for our mail with the link.',
  )
}

async function findOwner(ctx: ServiceContext, input: Credentials): Promise<string | null> {
  const user = await ctx.db.user.findUnique({
    where: { email: input.email, deletedAt: null },
    select: { id: true, passwordHash: true, emailVerifiedAt: true },
  })
  const fits = await verifyPassword(input.password, user?.passwordHash ?? null)
  return user && fits && user.emailVerifiedAt ? user.id : null
}
