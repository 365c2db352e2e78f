import { clusterIdOf, randomClusterId } from '#contract/cluster-identity.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { chooseClusterName } from './choose-name.ts'
import { createClusterToken } from './cluster-token.ts'
import type { CandidateRow } from './find-candidates.ts'
import type { Candidate, Registration } from './identify.ts'
import { noInstances, withInstance } from './instances.ts'

/** A cluster after its registration. `newToken` is null when it keeps the one it showed, or is of a public operator. */
export type RegisteredCluster = { id: string; clusterId: string; name: string; newToken: string | null }

const registeredColumns = { id: true, clusterId: true, name: true } as const

/** A cluster that was not there. It derives its id from its identifier, unless another one has that id already. */
export async function createClusterRow(
  ctx: ServiceContext,
  tx: Transaction,
  input: { teamId: string; registration: Registration; original: Candidate | null; derivesId: boolean },
): Promise<RegisteredCluster> {
  const { teamId, registration, original } = input
  const now = ctx.clock.now()
  const { newToken, columns } = newLife(registration)
  const row = await tx.cluster.create({
    data: {
      teamId,
      clusterId: input.derivesId ? clusterIdOf(registration.clusterIdentifier) : randomClusterId(),
      identifier: registration.clusterIdentifier,
      name: await chooseClusterName(tx, teamId, registration.apiKeyId, original),
      forkOfId: original?.id ?? null,
      registeredAt: now,
      ...columns,
      ...seenNow(registration, now),
    },
    select: registeredColumns,
  })
  return { ...row, newToken }
}

/** The same cluster goes on: it keeps its token when it showed it, and gets a new one when its answer was lost. */
export async function renewClusterRow(
  ctx: ServiceContext,
  tx: Transaction,
  input: { teamId: string; cluster: CandidateRow; registration: Registration; keepsToken: boolean },
): Promise<RegisteredCluster> {
  const { cluster, registration } = input
  const { instanceId } = registration
  const issued = instanceId === undefined || input.keepsToken ? null : createClusterToken()
  const row = await tx.cluster.update({
    where: { teamId_id: { teamId: input.teamId, id: cluster.id } },
    data: {
      ...seenNow(registration, ctx.clock.now()),
      ...(issued ? { tokenHash: issued.tokenHash } : {}),
      ...(instanceId === undefined || instanceId === cluster.instanceId
        ? {}
        : { instanceId, instances: withInstance(cluster.instances, instanceId, cluster.lastSequence + 1) }),
    },
    select: registeredColumns,
  })
  return { ...row, newToken: issued?.token ?? null }
}

/** A new life in the place of one that ended: nothing of the old one is told of it, and the old token opens nothing. */
export async function takeOverClusterRow(
  ctx: ServiceContext,
  tx: Transaction,
  input: { teamId: string; cluster: CandidateRow; registration: Registration },
): Promise<RegisteredCluster> {
  const { teamId, cluster, registration } = input
  const now = ctx.clock.now()
  const { newToken, columns } = newLife(registration)
  await tx.clusterCondition.deleteMany({ where: { teamId, clusterId: cluster.id } })
  const row = await tx.cluster.update({
    where: { teamId_id: { teamId, id: cluster.id } },
    data: { registeredAt: now, ...columns, ...seenNow(registration, now) },
    select: registeredColumns,
  })
  return { ...row, newToken }
}

function newLife(registration: Registration) {
  const { instanceId } = registration
  const issued = instanceId === undefined ? null : createClusterToken()
  const columns = {
    tokenHash: issued?.tokenHash ?? null,
    instanceId: instanceId ?? null,
    instances: instanceId === undefined ? noInstances : withInstance(noInstances, instanceId, 0),
    lastSequence: -1n,
    health: 'healthy',
    firstHeartbeatAt: null,
    lastHeartbeatAt: null,
  }
  return { newToken: issued?.token ?? null, columns }
}

function seenNow(registration: Registration, now: Date) {
  return {
    apiKeyId: registration.apiKeyId,
    operatorVersion: registration.operatorVersion,
    kubernetesVersion: registration.kubernetesVersion,
    nodeCount: registration.approximateNodeCount,
    lastSeenAt: now,
    refusedAt: null,
    refusedCode: null,
    wentOfflineAt: null,
    deregisteredAt: null,
  }
}
