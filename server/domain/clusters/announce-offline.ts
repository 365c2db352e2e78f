import { OFFLINE_AFTER_SECONDS } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { publishChange } from '#server/platform/events.ts'

/** Publishes a change for each cluster whose heartbeats have been missing for long enough since `since`. For a job alone. */
export async function announceOfflineClusters(
  ctx: ServiceContext,
  window: { since: Date; until: Date },
): Promise<void> {
  const before = (date: Date) => new Date(date.getTime() - OFFLINE_AFTER_SECONDS * 1000)
  const rows = await ctx.db.cluster.findMany({
    where: {
      deletedAt: null,
      deregisteredAt: null,
      lastSeenAt: { gt: before(window.since), lte: before(window.until) },
    },
    select: { teamId: true, id: true },
  })
  for (const { teamId, id } of rows) await publishChange(ctx.db, { teamId, kind: 'cluster', id })
}
