import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { createSecretToken } from '#server/platform/secret-token.ts'

export const SESSION_SECONDS = 30 * 24 * 3600
const MAX_USER_AGENT_LENGTH = 256

export type SessionClient = { userAgent: string | null }
export type CreatedSession = { id: string; token: string; expiresAt: Date }

/** Signs a browser in. The token is for its cookie; its SHA-256 alone is kept. Throws UNAUTHENTICATED before the address is verified. */
export async function createSession(
  ctx: ServiceContext,
  input: { userId: string; client: SessionClient },
): Promise<CreatedSession> {
  const user = await ctx.db.user.findFirst({
    where: { id: input.userId, emailVerifiedAt: { not: null }, deletedAt: null },
    select: { id: true },
  })
  if (!user) throw new ServiceError('UNAUTHENTICATED', 'Verify your address first: open the link that we mailed you.')
  const { token, hash } = createSecretToken()
  const now = ctx.clock.now()
  const session = await ctx.db.session.create({
    data: {
      tokenHash: hash,
      userId: user.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
      userAgent: input.client.userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
    },
    select: { id: true, expiresAt: true },
  })
  return { ...session, token }
}
