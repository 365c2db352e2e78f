import type { ConnectedEditor } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { requireUser } from '#server/core/require-user.ts'
import { idleBefore } from './lifetimes.ts'

/** The caller's own connected editors, the last seen first. */
export async function listEditors(ctx: ServiceContext): Promise<ConnectedEditor[]> {
  const { userId } = requireUser(ctx)
  const editors = await ctx.db.connectedEditor.findMany({
    where: { userId, lastSeenAt: { gt: idleBefore(ctx) } },
    select: { id: true, name: true, connectedAt: true, lastSeenAt: true },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
  })
  return editors.map(({ id, name, connectedAt, lastSeenAt }) => ({
    id,
    name,
    connectedAt: connectedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }))
}
