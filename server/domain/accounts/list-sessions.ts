import type { SessionSummary } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { requireUser } from '#server/core/require-user.ts'

/** The caller's own signed-in browsers, the last seen first. */
export async function listSessions(ctx: ServiceContext): Promise<SessionSummary[]> {
  const { userId, sessionId } = requireUser(ctx)
  const sessions = await ctx.db.session.findMany({
    where: { userId, expiresAt: { gt: ctx.clock.now() } },
    select: { id: true, createdAt: true, lastSeenAt: true, userAgent: true },
    orderBy: { lastSeenAt: 'desc' },
  })
  return sessions.map((session) => ({
    id: session.id,
    current: session.id === sessionId,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    userAgent: session.userAgent,
  }))
}
