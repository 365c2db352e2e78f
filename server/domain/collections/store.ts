import { clusterIdOf } from '#contract/cluster-identity.ts'
import { collectionTypes } from '#contract/collections.ts'
import type { Collection, CollectionReceipt } from '#contract/collections.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import {
  clusterTokenMatches,
  isWithinFarewell,
  recordHappenings,
  recordingRefusals,
  requireOperatorKey,
} from '#server/domain/clusters/index.ts'
import type { OperatorKey } from '#server/domain/clusters/index.ts'
import { requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Env } from '#server/platform/env.ts'
import { publishChange } from '#server/platform/events.ts'
import { readNumbers } from './read-numbers.ts'
import type { CollectionReading } from './read-numbers.ts'

export type StoreCollectionInput = Collection & { clusterToken?: string | undefined }

const LEAST_LIMIT = 120
const WINDOW_SECONDS = 3600

/** Twice what a client sends that keeps the pace, so that one which was away can make up for it. */
function limitAtPace(env: Env): RateLimitRule {
  const atPace = collectionTypes.length * Math.ceil(WINDOW_SECONDS / env.collectionSeconds)
  return { name: 'collections.store', limit: Math.max(LEAST_LIMIT, 2 * atPace), windowSeconds: WINDOW_SECONDS }
}

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
  const { collectionId } = input.data
  // A refusal would make an operator that is ending register once more, and the cluster come back without it.
  if (cluster.deregisteredAt) return { status: 'accepted', collectionId, stored: false }
  await requireWithinLimit(ctx, limitAtPace(ctx.env), cluster.id)
  const stored = await storeOnce(ctx, { teamId: key.teamId, cluster, collectionId }, input)
  return { status: 'accepted', collectionId, stored }
}

type Receipt = { teamId: string; cluster: SendingCluster; collectionId: string }

/** The receipt has no date in its key, so that a repeat after midnight, which goes to another partition, is still one. */
async function storeOnce(
  ctx: ServiceContext,
  { teamId, cluster, collectionId }: Receipt,
  input: StoreCollectionInput,
): Promise<boolean> {
  const { clusterToken: _secret, ...collection } = input
  const clusterRowId = cluster.id
  const receivedAt = ctx.clock.now()
  const reading = readNumbers(collection)
  const numbers = reading && JSON.stringify(reading.numbers)
  return inTransaction(ctx, async (tx) => {
    const added = await tx.$executeRaw`
      INSERT INTO collection_receipts (team_id, cluster_row_id, collection_id, received_at)
      VALUES (${teamId}::uuid, ${clusterRowId}::uuid, ${collectionId}, ${receivedAt}) ON CONFLICT DO NOTHING`
    if (added === 0) return false
    await tx.$executeRaw`
      INSERT INTO ts.collections (team_id, cluster_row_id, collection_id, type, received_at, payload, numbers)
      VALUES (${teamId}::uuid, ${clusterRowId}::uuid, ${collectionId}, ${collection.type}, ${receivedAt}, ${JSON.stringify(collection)}::jsonb, ${numbers}::jsonb)`
    if (reading) await keepSalt(tx, { teamId, cluster, reading, receivedAt })
    await publishChange(tx, { teamId, kind: 'cluster', id: clusterRowId })
    return true
  })
}

type NewReading = { teamId: string; cluster: SendingCluster; reading: CollectionReading; receivedAt: Date }

/** Pseudonyms made with another salt than before do not join with those that came before. */
async function keepSalt(tx: Transaction, { teamId, cluster, reading, receivedAt }: NewReading): Promise<void> {
  const { id, saltId } = cluster
  if (saltId === reading.saltId) return
  const { count } = await tx.cluster.updateMany({ where: { teamId, id, saltId }, data: { saltId: reading.saltId } })
  if (count === 0 || saltId === null) return
  await recordHappenings(tx, { teamId, clusterId: id }, [{ kind: 'salt-changed' }], receivedAt)
}

type SendingCluster = {
  id: string
  clusterId: string
  identifier: string
  tokenHash: Uint8Array | null
  saltId: string | null
  deregisteredAt: Date | null
}

/**
 * Ours is the one whose token it shows, also while it is saying goodbye. A public operator shows its key alone: it is one of the clusters that registered
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
      ...(clusterToken === undefined ? { apiKeyId: key.apiKeyId, tokenHash: null, deregisteredAt: null } : {}),
    },
    select: { id: true, clusterId: true, identifier: true, tokenHash: true, saltId: true, deregisteredAt: true },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
  })
  if (clusterToken !== undefined) {
    const own = rows.find((row) => clusterTokenMatches(clusterToken, row.tokenHash))
    const isGone = own?.deregisteredAt && !isWithinFarewell(own.deregisteredAt, ctx.clock.now())
    if (!own || isGone)
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
