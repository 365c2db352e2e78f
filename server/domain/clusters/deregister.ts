import type { DeregisterRequest, DeregisterResponse } from '#contract/operator-api.ts'
import { withAudit } from '#server/core/audit.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { publishChange } from '#server/platform/events.ts'
import { recordHappenings } from './cluster-events.ts'
import { clusterTokenMatches } from './cluster-token.ts'
import { requireOperatorKey } from './operator-key.ts'

export type DeregisterInput = DeregisterRequest & { clusterToken?: string | undefined }

/**
 * A cluster says goodbye. Idempotent: one that is gone already is no error. Throws INVALID_CLUSTER_TOKEN without its token,
 * since a key alone may not end a cluster that lives.
 */
export async function deregisterCluster(ctx: ServiceContext, input: DeregisterInput): Promise<DeregisterResponse> {
  const { teamId } = requireOperatorKey(ctx, 'clusters.deregister')
  return withAudit(ctx, async (tx) => {
    const cluster = await tx.cluster.findFirst({
      where: { teamId, clusterId: input.clusterId, deletedAt: null },
      select: { id: true, tokenHash: true },
    })
    const result: DeregisterResponse = { status: 'deregistered' }
    if (!cluster) return { result, audit: null }
    if (!clusterTokenMatches(input.clusterToken, cluster.tokenHash)) {
      throw new ServiceError(
        'INVALID_CLUSTER_TOKEN',
        'The cluster token does not belong to this cluster, so it stays registered.',
      )
    }
    const now = ctx.clock.now()
    const { count } = await tx.cluster.updateMany({
      where: { teamId, id: cluster.id, deregisteredAt: null },
      data: { deregisteredAt: now, refusedAt: null, refusedCode: null, wentOfflineAt: null },
    })
    if (count === 0) return { result, audit: null }
    await recordHappenings(tx, { teamId, clusterId: cluster.id }, [{ kind: 'said-goodbye' }], now)
    await publishChange(tx, { teamId, kind: 'cluster', id: cluster.id })
    return { result, audit: { teamId, action: 'cluster.deregistered', target: { kind: 'cluster', id: cluster.id } } }
  })
}
