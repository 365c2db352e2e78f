import { z } from 'zod'
import type { HeartbeatRequest, HeartbeatResponse } from '#contract/operator-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { issueEntitlement } from '#server/domain/entitlements/index.ts'
import { standingOf, countTowards, tooManyRequests } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import { publishChange } from '#server/platform/events.ts'
import { happeningsOfReturn, recordHappenings } from './cluster-events.ts'
import type { ClusterHappening } from './cluster-events.ts'
import { clusterTokenMatches } from './cluster-token.ts'
import { isWithinFarewell } from './farewell.ts'
import { afterBeat, instanceHistorySchema, judgeBeat } from './instances.ts'
import type { BeatVerdict } from './instances.ts'
import { requireOperatorKey } from './operator-key.ts'
import { heartbeatSecondsOf, operatorConfigurationFor } from './pace.ts'
import { recordingRefusals } from './record-refusal.ts'
import type { OperatorKey } from './record-refusal.ts'
import { storeConditions } from './store-conditions.ts'

export type HeartbeatInput = HeartbeatRequest & { clusterToken?: string | undefined }

const HEARTBEAT_LIMIT: RateLimitRule = { name: 'clusters.heartbeat', limit: 120, windowSeconds: 3600 }

/** A client adds ±10 % to the pace; whoever keeps it is on time. */
const ON_TIME_SHARE = 0.8

/**
 * A cluster says how it is. Throws NOT_FOUND for a cluster that is not registered, or said goodbye; INVALID_CLUSTER_TOKEN
 * without its token; CLUSTER_FORKED for a copy, which registers anew to get an id of its own; SUBSCRIPTION_REQUIRED; and
 * TOO_MANY_REQUESTS.
 */
export async function recordHeartbeat(ctx: ServiceContext, input: HeartbeatInput): Promise<HeartbeatResponse> {
  const key = requireOperatorKey(ctx, 'clusters.heartbeat')
  return recordingRefusals(ctx, key, input, async () => {
    const plan = await requireActivePlan(ctx, key.teamId)
    const cluster = await findCluster(ctx, key, input)
    const pace = {
      nextHeartbeatSeconds: heartbeatSecondsOf(ctx.env),
      configuration: operatorConfigurationFor(ctx.env, true),
    }
    if (isFarewell(ctx, cluster, input)) return pace
    await limitEarlyBeats(ctx, cluster)
    const farewell = await inTransaction(ctx, (tx) => applyBeat(ctx, tx, { ...key, id: cluster.id }, input))
    if (farewell) return pace
    const { clusterId, identifier } = cluster
    const claims = { teamId: key.teamId, clusterId, identifier, tier: plan.tier, features: plan.features }
    return { ...pace, entitlement: await issueEntitlement(ctx, claims) }
  })
}

type BeatingCluster = Sender & { id: string; clusterId: string; identifier: string; lastHeartbeatAt: Date | null }

/** What decides whether a beat may come from whoever sends it. */
type Sender = { tokenHash: Uint8Array | null; instanceId: string | null; deregisteredAt: Date | null }

async function findCluster(ctx: ServiceContext, key: OperatorKey, input: HeartbeatInput): Promise<BeatingCluster> {
  const cluster = await ctx.db.cluster.findFirst({
    where: { teamId: key.teamId, clusterId: input.clusterId, deletedAt: null },
    select: {
      id: true,
      clusterId: true,
      identifier: true,
      instanceId: true,
      lastHeartbeatAt: true,
      deregisteredAt: true,
      tokenHash: true,
    },
  })
  requireSender(ctx, cluster, input)
  return cluster
}

function requireSender<Cluster extends Sender>(
  ctx: ServiceContext,
  cluster: Cluster | null,
  input: HeartbeatInput,
): asserts cluster is Cluster {
  if (!cluster) throw new ServiceError('NOT_FOUND', 'This cluster is not registered. Register it again.')
  if (!clusterTokenMatches(input.clusterToken, cluster.tokenHash)) {
    throw new ServiceError(
      'INVALID_CLUSTER_TOKEN',
      'The cluster token does not belong to this cluster. Register it again.',
    )
  }
  if (cluster.deregisteredAt && !isFarewell(ctx, cluster, input)) {
    throw new ServiceError('NOT_FOUND', 'This cluster said goodbye. Register it again.')
  }
}

function isFarewell(ctx: ServiceContext, cluster: Sender, input: HeartbeatInput): boolean {
  if (!cluster.deregisteredAt || cluster.instanceId !== input.instanceId) return false
  return isWithinFarewell(cluster.deregisteredAt, ctx.clock.now())
}

/** 120 in an hour would be used up by who keeps a pace of 30 s exactly, so only beats that come too early are counted. */
async function limitEarlyBeats(ctx: ServiceContext, cluster: BeatingCluster): Promise<void> {
  const paceMs = heartbeatSecondsOf(ctx.env) * 1000
  const sinceLastMs = cluster.lastHeartbeatAt ? ctx.clock.now().getTime() - cluster.lastHeartbeatAt.getTime() : 0
  if (sinceLastMs >= paceMs * ON_TIME_SHARE) {
    await standingOf(ctx, HEARTBEAT_LIMIT, cluster.id)
    return
  }
  const standing = await countTowards(ctx, HEARTBEAT_LIMIT, cluster.id)
  if (!standing.passed) throw tooManyRequests(ctx, standing, Math.ceil((paceMs - sinceLastMs) / 1000))
}

/** True when the cluster said goodbye meanwhile, and this beat changes nothing any more. */
async function applyBeat(
  ctx: ServiceContext,
  tx: Transaction,
  sender: OperatorKey & { id: string },
  input: HeartbeatInput,
): Promise<boolean> {
  const { teamId, id } = sender
  const before = await lockCluster(tx, { teamId, id })
  // Until here another operator may have taken its place, or its owner removed it.
  requireSender(ctx, before, input)
  if (isFarewell(ctx, before, input)) return true
  const verdict = judgeBeat(before.instances, before.lastSequence, input)
  if (verdict === 'excluded')
    throw new ServiceError(
      'CLUSTER_FORKED',
      'Another copy of this cluster holds its identity. Register again to get one of your own.',
    )
  if (!isNews(verdict)) return false
  const now = ctx.clock.now()
  await tx.cluster.update({
    where: { teamId_id: { teamId, id } },
    data: {
      apiKeyId: sender.apiKeyId,
      instanceId: input.instanceId,
      instances: afterBeat(before.instances, verdict, input),
      lastSequence: input.sequence,
      health: input.health,
      operatorVersion: input.operatorVersion,
      kubernetesVersion: input.kubernetesVersion,
      nodeCount: input.nodeCount,
      lastSeenAt: now,
      firstHeartbeatAt: before.firstHeartbeatAt ?? now,
      lastHeartbeatAt: now,
      refusedAt: null,
      refusedCode: null,
      wentOfflineAt: null,
    },
    select: { id: true },
  })
  await keepHistory(tx, { teamId, clusterId: id }, { before, input, now })
  await publishChange(tx, { teamId, kind: 'cluster', id })
  return false
}

/** A sample of the beat, and what it says that was not so before. */
async function keepHistory(
  tx: Transaction,
  cluster: { teamId: string; clusterId: string },
  { before, input, now }: { before: LockedCluster; input: HeartbeatInput; now: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ts.heartbeats (team_id, cluster_row_id, received_at, sequence, health)
    VALUES (${cluster.teamId}::uuid, ${cluster.clusterId}::uuid, ${now}, ${input.sequence}, ${input.health})
    ON CONFLICT DO NOTHING`
  const changed = await storeConditions(tx, cluster, input.conditions)
  const happenings: ClusterHappening[] = [
    ...happeningsOfReturn(before, now),
    ...(before.health === input.health ? [] : [{ kind: 'health-changed' as const, detail: input.health }]),
    ...changed.map((condition) => ({ kind: 'condition-changed' as const, condition })),
  ]
  await recordHappenings(tx, cluster, happenings, now)
}

const lockedClusterSchema = z.object({
  instances: instanceHistorySchema,
  lastSequence: z.coerce.number(),
  health: z.string(),
  instanceId: z.string().nullable(),
  tokenHash: z.instanceof(Uint8Array).nullable(),
  firstHeartbeatAt: z.date().nullable(),
  lastSeenAt: z.date(),
  refusedAt: z.date().nullable(),
  wentOfflineAt: z.date().nullable(),
  deregisteredAt: z.date().nullable(),
})
type LockedCluster = z.infer<typeof lockedClusterSchema>

/** Reads a cluster as it is until the transaction ends: its beats are taken one after another. Null when it was removed. */
async function lockCluster(
  tx: Transaction,
  { teamId, id }: { teamId: string; id: string },
): Promise<LockedCluster | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT instances, last_sequence AS "lastSequence", health, instance_id AS "instanceId",
      token_hash AS "tokenHash", first_heartbeat_at AS "firstHeartbeatAt", last_seen_at AS "lastSeenAt", refused_at AS "refusedAt",
      went_offline_at AS "wentOfflineAt", deregistered_at AS "deregisteredAt"
    FROM clusters WHERE team_id = ${teamId}::uuid AND id = ${id}::uuid AND deleted_at IS NULL FOR NO KEY UPDATE`
  return rows[0] === undefined ? null : lockedClusterSchema.parse(rows[0])
}

function isNews(verdict: BeatVerdict): boolean {
  return verdict === 'next' || verdict === 'restarted' || verdict === 'returned'
}
