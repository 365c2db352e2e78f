import type { ClusterSummary } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { clusterColumns, clusterSummaryOf } from './state.ts'

/** The clusters of a team by name, without those that were removed. */
export async function listClusters(ctx: ServiceContext, input: { teamId: string }): Promise<ClusterSummary[]> {
  authorise(ctx, 'clusters.read', input)
  const rows = await ctx.db.cluster.findMany({
    where: { teamId: input.teamId, deletedAt: null },
    select: clusterColumns,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
  const now = ctx.clock.now()
  return rows.map((row) => clusterSummaryOf(row, now))
}
