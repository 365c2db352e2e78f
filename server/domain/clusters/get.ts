import { maskedApiKey } from '#contract/api-key.ts'
import { conditionReasons, reportedConditionSchema } from '#contract/conditions.ts'
import type { ClusterDetail } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeRefusal } from './refusal-messages.ts'
import { clusterColumns, clusterSummaryOf } from './state.ts'

const detailColumns = {
  ...clusterColumns,
  forkOfId: true,
  refusedCode: true,
  apiKey: { select: { id: true, name: true, environment: true, lookupId: true, lastFour: true, revokedAt: true } },
  conditions: {
    select: { type: true, status: true, reason: true, lastTransitionTime: true },
    orderBy: { type: 'asc' },
  },
} as const

/** One cluster, with what its operator says of itself. Throws NOT_FOUND for one that is not there, or was removed. */
export async function getCluster(ctx: ServiceContext, input: { teamId: string; id: string }): Promise<ClusterDetail> {
  authorise(ctx, 'clusters.read', input)
  return describeCluster(ctx, input)
}

/** The same for a caller who was authorised before, by either of its ids. */
export async function describeCluster(
  ctx: ServiceContext,
  where: { teamId: string } & ({ id: string } | { clusterId: string }),
): Promise<ClusterDetail> {
  const row = await ctx.db.cluster.findFirst({ where: { ...where, deletedAt: null }, select: detailColumns })
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
  const { apiKey } = row
  return {
    ...clusterSummaryOf(row, ctx.clock.now()),
    isFork: row.forkOfId !== null,
    apiKey: {
      id: apiKey.id,
      name: apiKey.name,
      masked: maskedApiKey({ ...apiKey, environment: apiKey.environment === 'prod' ? 'prod' : 'dev' }),
      revokedAt: apiKey.revokedAt?.toISOString() ?? null,
    },
    refusal:
      row.refusedAt && row.refusedCode
        ? { ...describeRefusal(row.refusedCode), at: row.refusedAt.toISOString() }
        : null,
    deregisteredAt: row.deregisteredAt?.toISOString() ?? null,
    conditions: row.conditions.map(describeCondition),
  }
}

/** The message is written here, from the reason: no free text leaves a cluster. */
function describeCondition(row: {
  type: string
  status: string
  reason: string
  lastTransitionTime: Date
}): ClusterDetail['conditions'][number] {
  const condition = reportedConditionSchema.parse({ ...row, lastTransitionTime: row.lastTransitionTime.toISOString() })
  return { ...condition, message: conditionReasons[condition.reason] }
}
