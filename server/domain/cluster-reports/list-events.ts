import type { ClusterEvents, ClusterReference } from '#contract/cluster-report.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { describeEvent } from './describe-event.ts'
import { findReportedCluster } from './find-cluster.ts'

const SHOWN_HOURS = 24
const MOST_EVENTS = 500

/**
 * What happened between kube9 and a cluster in the last 24 hours, the newest first. It answers without a plan too, since it
 * tells why there is none.
 */
export async function listClusterEvents(ctx: ServiceContext, input: ClusterReference): Promise<ClusterEvents> {
  authorise(ctx, 'clusters.report', input)
  const { teamId } = input
  const { id } = await findReportedCluster(ctx, input)
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - SHOWN_HOURS * 3_600_000)
  const rows = await ctx.db.clusterEvent.findMany({
    where: { teamId, clusterId: id, at: { gt: since, lte: now } },
    select: {
      id: true,
      at: true,
      kind: true,
      detail: true,
      conditionType: true,
      conditionStatus: true,
      conditionReason: true,
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST_EVENTS,
  })
  return rows.flatMap((row) => describeEvent(row) ?? [])
}
