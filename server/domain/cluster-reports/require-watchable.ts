import type { ClusterReference } from '#contract/cluster-report.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'

/**
 * Lets a caller hear live of one cluster, and gives the id that notices name it by. Asked again as long as the stream lasts: it
 * hangs on the caller, on the plan, and on the key of the cluster. Throws NOT_FOUND, SUBSCRIPTION_REQUIRED, and FORBIDDEN
 * while the key has ended; reports go on answering then, and say why.
 */
export async function requireWatchable(ctx: ServiceContext, input: ClusterReference): Promise<{ id: string }> {
  authorise(ctx, 'clusters.report', input)
  const row = await ctx.db.cluster.findFirst({
    where: { ...input, deletedAt: null },
    select: { id: true, apiKey: { select: { revokedAt: true, expiresAt: true } } },
  })
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
  await requireActivePlan(ctx, input.teamId)
  const { revokedAt, expiresAt } = row.apiKey
  if (revokedAt || (expiresAt && expiresAt <= ctx.clock.now()))
    throw new ServiceError('FORBIDDEN', 'The cluster’s API key has ended, so there is nothing live to hear of it.')
  return { id: row.id }
}
