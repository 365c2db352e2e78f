import type { Actor } from '#server/core/actor.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'

const SEEN_AGAIN_MS = 5 * 60_000

export type SignedIn = {
  actor: Extract<Actor, { kind: 'user' }>
  user: { id: string; email: string; name: string | null }
  expiresAt: Date
}

/** Who a session's token stands for, or null when it is unknown, ended or over. Read anew each time, so an ended session ends at once. */
export async function findSession(ctx: Pick<ServiceContext, 'db' | 'clock'>, token: string): Promise<SignedIn | null> {
  const now = ctx.clock.now()
  const session = await ctx.db.session.findFirst({
    where: {
      tokenHash: hashSecretToken(token),
      expiresAt: { gt: now },
      user: { emailVerifiedAt: { not: null }, deletedAt: null },
    },
    select: {
      id: true,
      expiresAt: true,
      lastSeenAt: true,
      user: {
        select: {
          id: true,
          email: true,
          name: true,
          memberships: { where: { team: { deletedAt: null } }, select: { teamId: true, role: true } },
        },
      },
    },
  })
  if (!session) return null
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_AGAIN_MS) {
    await ctx.db.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: now } })
  }
  const { memberships, ...user } = session.user
  return {
    actor: { kind: 'user', userId: user.id, sessionId: session.id, memberships },
    user,
    expiresAt: session.expiresAt,
  }
}
