import type { ClusterReference } from '#contract/cluster-report.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'

/** The row of a cluster that its `cls_…` id names within a team. Throws NOT_FOUND. */
export async function findReportedCluster(
  ctx: ServiceContext,
  { teamId, clusterId }: ClusterReference,
): Promise<{ id: string }> {
  const row = await ctx.db.cluster.findFirst({
    where: { teamId, clusterId, deletedAt: null },
    select: { id: true },
  })
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
  return row
}
