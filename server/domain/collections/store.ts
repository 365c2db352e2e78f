import { clusterIdOf } from '#contract/cluster-identity.ts'
import type { Collection, CollectionReceipt } from '#contract/collections.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { clusterTokenMatches, recordingRefusals, requireOperatorKey } from '#server/domain/clusters/index.ts'
import type { OperatorKey } from '#server/domain/clusters/index.ts'
import { requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'

export type StoreCollectionInput = Collection & { clusterToken?: string | undefined }

const COLLECT_LIMIT: RateLimitRule = { name: 'collections.store', limit: 120, windowSeconds: 3600 }

/**
 * Keeps what a cluster collected, once: a repeat of the same `collectionId` is accepted and stores nothing. Throws NOT_FOUND
 * when the cluster is not registered, SUBSCRIPTION_REQUIRED, INVALID_CLUSTER_TOKEN and TOO_MANY_REQUESTS.
 */
export async function storeCollection(ctx: ServiceContext, input: StoreCollectionInput): Promise<CollectionReceipt> {
  const key = requireOperatorKey(ctx, 'collections.store')
  const cluster = await findSendingCluster(ctx, key, input)
  await recordingRefusals(ctx, key, { clusterId: cluster.clusterId, clusterToken: input.clusterToken }, () =>
    requireActivePlan(ctx, key.teamId),
  )
  await requireWithinLimit(ctx, COLLECT_LIMIT, cluster.id)
  const { collectionId } = input.data
  const stored = await storeOnce(ctx, { teamId: key.teamId, clusterRowId: cluster.id, collectionId }, input)
  return { status: 'accepted', collectionId, stored }
}

type Receipt = { teamId: string; clusterRowId: string; collectionId: string }

/** The receipt has no date in its key, so that a repeat after midnight, which goes to another partition, is still one. */
async function storeOnce(
  ctx: ServiceContext,
  { teamId, clusterRowId, collectionId }: Receipt,
  input: StoreCollectionInput,
): Promise<boolean> {
  const { clusterToken: _secret, ...collection } = input
  const receivedAt = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    const added = await tx.$executeRaw`
      INSERT INTO collection_receipts (team_id, cluster_row_id, collection_id, received_at)
      VALUES (${teamId}::uuid, ${clusterRowId}::uuid, ${collectionId}, ${receivedAt}) ON CONFLICT DO NOTHING`
    if (added === 0) return false
    await tx.$executeRaw`
      INSERT INTO ts.collections (team_id, cluster_row_id, collection_id, type, received_at, payload)
      VALUES (${teamId}::uuid, ${clusterRowId}::uuid, ${collectionId}, ${collection.type}, ${receivedAt}, ${JSON.stringify(collection)}::jsonb)`
    return true
  })
}

type SendingCluster = { id: string; clusterId: string; identifier: string; tokenHash: Uint8Array | null }

/**
 * Ours is the one whose token it shows. A public operator shows its key alone: it is one of the clusters that registered
 * with that key, the one that it names where it does, else the one that was heard of last.
 */
async function findSendingCluster(
  ctx: ServiceContext,
  key: OperatorKey,
  input: StoreCollectionInput,
): Promise<SendingCluster> {
  const { clusterToken } = input
  const named = input.data.clusterId
  const rows = await ctx.db.cluster.findMany({
    where: {
      teamId: key.teamId,
      deletedAt: null,
      deregisteredAt: null,
      ...(clusterToken === undefined ? { apiKeyId: key.apiKeyId, tokenHash: null } : {}),
    },
    select: { id: true, clusterId: true, identifier: true, tokenHash: true },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
  })
  if (clusterToken !== undefined) {
    const own = rows.find((row) => clusterTokenMatches(clusterToken, row.tokenHash))
    if (!own)
      throw new ServiceError(
        'INVALID_CLUSTER_TOKEN',
        'The cluster token belongs to no cluster of this team. Register again.',
      )
    return own
  }
  const cluster =
    rows.find((row) => row.clusterId === named) ?? rows.find((row) => clusterIdOf(row.identifier) === named) ?? rows[0]
  if (!cluster) throw new ServiceError('NOT_FOUND', 'No cluster has registered with this API key. Register first.')
  return cluster
}
