import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSecretToken } from '#server/platform/secret-token.ts'
import { refusedCredentials } from './check-credentials.ts'

export const SESSION_SECONDS = 30 * 24 * 3600
const MAX_USER_AGENT_LENGTH = 256

export type SessionClient = { userAgent: string | null }
export type CreatedSession = { id: string; token: string; expiresAt: Date }

/**
 * Signs a browser in. The token is for its cookie; its SHA-256 alone is kept. Throws UNAUTHENTICATED before the address is
 * verified, and when `passwordHash`, that by which the browser signs in, is not the account's any more.
 */
export async function createSession(
  ctx: ServiceContext,
  input: { userId: string; client: SessionClient; passwordHash?: string | undefined },
): Promise<CreatedSession> {
  return inTransaction(ctx, async (tx) => {
    const { passwordHash } = await holdUser(tx, input.userId)
    if (input.passwordHash !== undefined && input.passwordHash !== passwordHash) throw refusedCredentials()
    const { token, hash } = createSecretToken()
    const now = ctx.clock.now()
    const session = await tx.session.create({
      data: {
        tokenHash: hash,
        userId: input.userId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
        userAgent: input.client.userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
      },
      select: { id: true, expiresAt: true },
    })
    return { ...session, token }
  })
}

/** Waits for a reset that is under way; one that begins later waits until the session stands, and ends it. */
async function holdUser(tx: Transaction, userId: string): Promise<{ passwordHash: string | null }> {
  const [user] = await tx.$queryRaw<{ passwordHash: string | null }[]>`
    SELECT password_hash AS "passwordHash" FROM users
    WHERE id = ${userId}::uuid AND email_verified_at IS NOT NULL AND deleted_at IS NULL
    FOR SHARE`
  if (user) return user
  throw new ServiceError('UNAUTHENTICATED', 'Verify your address first: open the link that we mailed you.')
}
