import type { RegisterRequest, RegisterResponse } from '#contract/operator-api.ts'
import { writeAuditEntry } from '#server/core/audit.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { issueEntitlement } from '#server/domain/entitlements/index.ts'
import { requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'
import type { PlanState } from '#server/domain/teams/index.ts'
import type { Transaction } from '#server/platform/database.ts'
import { publishChange } from '#server/platform/events.ts'
import { recordHappenings } from './cluster-events.ts'
import { findCandidates } from './find-candidates.ts'
import type { CandidateRow } from './find-candidates.ts'
import { identifyCluster } from './identify.ts'
import type { Identity, Registration } from './identify.ts'
import { requireOperatorKey } from './operator-key.ts'
import { heartbeatSecondsOf, operatorConfigurationFor } from './pace.ts'
import { recordingRefusals } from './record-refusal.ts'
import { requireRoomForCluster } from './require-room.ts'
import { happeningsOfRegistration, isRoutine } from './registration-happenings.ts'
import { createClusterRow, renewClusterRow, takeOverClusterRow } from './registered-row.ts'
import type { RegisteredCluster } from './registered-row.ts'
import { tellOwnersOfFork } from './tell-owners-of-fork.ts'

export type RegisterInput = RegisterRequest & { clusterToken?: string | undefined }

const REGISTER_LIMIT: RateLimitRule = { name: 'clusters.register', limit: 10, windowSeconds: 3600 }

/**
 * Registers a cluster, or recognises one. Its answer is the same for both but for `status`. Throws SUBSCRIPTION_REQUIRED,
 * CLUSTER_LIMIT_REACHED (both written down for the portal) and TOO_MANY_REQUESTS.
 */
export async function registerCluster(ctx: ServiceContext, input: RegisterInput): Promise<RegisterResponse> {
  const key = requireOperatorKey(ctx, 'clusters.register')
  return recordingRefusals(ctx, key, input, async () => {
    const plan = await requireActivePlan(ctx, key.teamId)
    const asked = { teamId: key.teamId, plan, registration: { ...input, apiKeyId: key.apiKeyId } }
    const registered = await inTransaction(ctx, (tx) => register(ctx, tx, asked))
    return answerOf(ctx, asked, registered)
  })
}

type Asked = { teamId: string; plan: PlanState; registration: Registration }
type Registered = { cluster: RegisteredCluster; identity: Identity<CandidateRow> }

async function register(ctx: ServiceContext, tx: Transaction, asked: Asked): Promise<Registered> {
  const { teamId, registration } = asked
  // One registration of a team at a time: two would both see room for the last cluster, or both be the first.
  await tx.$queryRaw`SELECT 1 FROM teams WHERE id = ${teamId}::uuid FOR NO KEY UPDATE`
  const now = ctx.clock.now()
  const identity = identifyCluster(
    await findCandidates(tx, teamId, registration.clusterIdentifier, now),
    registration,
    now,
  )
  const known = 'cluster' in identity ? identity.cluster.id : null
  await limitRegistrations(ctx, tx, teamId, known ?? registration.clusterIdentifier)
  if (!('cluster' in identity) || identity.cluster.deregisteredAt)
    await requireRoomForCluster(ctx, tx, teamId, asked.plan)
  const cluster = await applyIdentity(ctx, tx, asked, identity)
  if (known === null) await limitRegistrations(ctx, tx, teamId, cluster.id)
  await recordRegistration(tx, asked, { cluster, identity }, now)
  await publishChange(tx, { teamId, kind: 'cluster', id: cluster.id })
  await writeAudit(ctx, tx, asked, { cluster, identity })
  return { cluster, identity }
}

/** Ten in an hour for each cluster, and as many new ones for each identifier. What fails later is not counted. */
function limitRegistrations(ctx: ServiceContext, tx: Transaction, teamId: string, subject: string): Promise<void> {
  return requireWithinLimit({ ...ctx, db: tx }, REGISTER_LIMIT, `${teamId}:${subject}`)
}

async function applyIdentity(
  ctx: ServiceContext,
  tx: Transaction,
  { teamId, registration }: Asked,
  identity: Identity<CandidateRow>,
): Promise<RegisteredCluster> {
  switch (identity.kind) {
    case 'same':
      return renewClusterRow(ctx, tx, { teamId, cluster: identity.cluster, registration, keepsToken: identity.proven })
    case 'successor':
      return takeOverClusterRow(ctx, tx, { teamId, cluster: identity.cluster, registration })
    case 'fork': {
      const fork = await createClusterRow(ctx, tx, { teamId, registration, original: identity.of, derivesId: false })
      await tellOwnersOfFork(ctx, tx, teamId, fork)
      return fork
    }
    case 'namesake':
    case 'new':
      return createClusterRow(ctx, tx, { teamId, registration, original: null, derivesId: identity.kind === 'new' })
  }
}

async function recordRegistration(
  tx: Transaction,
  { teamId, registration }: Asked,
  { cluster, identity }: Registered,
  now: Date,
): Promise<void> {
  const happenings = happeningsOfRegistration(identity, registration, now)
  await recordHappenings(tx, { teamId, clusterId: cluster.id }, happenings, now)
  if (identity.kind !== 'fork') return
  const original = { teamId, clusterId: identity.of.id }
  await recordHappenings(tx, original, [{ kind: 'forked', detail: 'original' }], now)
}

const auditActions = {
  new: 'cluster.registered',
  namesake: 'cluster.registered',
  successor: 'cluster.taken-over',
  fork: 'cluster.forked',
  same: 'cluster.registered-again',
} as const satisfies Record<Identity['kind'], string>

async function writeAudit(
  ctx: ServiceContext,
  tx: Transaction,
  { teamId, registration }: Asked,
  { cluster, identity }: Registered,
): Promise<void> {
  if (isRoutine(identity, registration)) return
  await writeAuditEntry(ctx, tx, {
    teamId,
    action: auditActions[identity.kind],
    target: { kind: 'cluster', id: cluster.id },
    change: {
      clusterId: cluster.clusterId,
      apiKeyId: registration.apiKeyId,
      ...(identity.kind === 'fork' ? { forkOf: identity.of.id } : {}),
    },
  })
}

async function answerOf(
  ctx: ServiceContext,
  { teamId, plan, registration }: Asked,
  { cluster, identity }: Registered,
): Promise<RegisterResponse> {
  const beats = registration.instanceId !== undefined
  const answer: RegisterResponse = {
    status: identity.kind === 'same' ? 'reregistered' : 'registered',
    clusterId: cluster.clusterId,
    tier: 'pro',
    configuration: operatorConfigurationFor(ctx.env, beats),
  }
  if (!beats) return answer
  const claims = {
    teamId,
    clusterId: cluster.clusterId,
    identifier: registration.clusterIdentifier,
    tier: plan.tier,
    features: plan.features,
  }
  return {
    ...answer,
    ...(cluster.newToken === null ? {} : { clusterToken: cluster.newToken }),
    ...(identity.kind === 'fork' ? { forked: true, message: FORKED } : {}),
    nextHeartbeatSeconds: heartbeatSecondsOf(ctx.env),
    entitlement: await issueEntitlement(ctx, claims),
  }
}

const FORKED =
  'Another cluster that is alive has this identity. This one got an identity of its own, and the team was told.'
