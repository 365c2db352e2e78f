import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { PlanState } from '#server/domain/teams/index.ts'
import type { Transaction } from '#server/platform/database.ts'

/** Throws CLUSTER_LIMIT_REACHED when the plan has no room for one more. Call it under the lock of the team's row. */
export async function requireRoomForCluster(
  ctx: ServiceContext,
  tx: Transaction,
  teamId: string,
  plan: PlanState,
): Promise<void> {
  if (plan.clusterLimit === null) return
  const used = await tx.cluster.count({ where: { teamId, deletedAt: null, deregisteredAt: null } })
  if (used < plan.clusterLimit) return
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select: { slug: true } })
  const manageUrl = `${ctx.env.addresses.portal}/${team.slug}/billing`
  throw new ServiceError(
    'CLUSTER_LIMIT_REACHED',
    `${plan.label} has room for ${plan.clusterLimit} clusters, and all are used. Remove a cluster, or change the plan at ${manageUrl}`,
    {
      details: { manageUrl },
    },
  )
}
