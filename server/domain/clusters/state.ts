import { OFFLINE_AFTER_SECONDS } from '#contract/portal-api.ts'
import type { ClusterState, ClusterSummary } from '#contract/portal-api.ts'
import type { Prisma } from '#server/platform/prisma/generated/client.ts'
import { PUBLIC_OFFLINE_AFTER_SECONDS } from './pace.ts'

/** What is read of a cluster to show it in a list. */
export const clusterColumns = {
  id: true,
  clusterId: true,
  name: true,
  tokenHash: true,
  health: true,
  operatorVersion: true,
  kubernetesVersion: true,
  nodeCount: true,
  registeredAt: true,
  lastSeenAt: true,
  firstHeartbeatAt: true,
  lastHeartbeatAt: true,
  refusedAt: true,
  deregisteredAt: true,
} as const satisfies Prisma.ClusterSelect
export type ClusterRow = Prisma.ClusterGetPayload<{ select: typeof clusterColumns }>

type StateColumns = Pick<
  ClusterRow,
  'tokenHash' | 'health' | 'lastSeenAt' | 'lastHeartbeatAt' | 'refusedAt' | 'deregisteredAt'
>

/** Where a cluster stands at one moment: the first state that fits. */
export function clusterStateOf(row: StateColumns, now: Date): ClusterState {
  if (row.deregisteredAt) return 'goodbye'
  if (row.refusedAt) return 'refused'
  const silentSeconds = (now.getTime() - row.lastSeenAt.getTime()) / 1000
  if (silentSeconds > offlineAfterSecondsOf(row)) return 'offline'
  if (row.health === 'unhealthy' || row.health === 'degraded') return row.health
  return row.lastHeartbeatAt || isPublic(row) ? 'healthy' : 'waiting'
}

/** How long a cluster may be silent. */
export function offlineAfterSecondsOf(row: { tokenHash: Uint8Array | null }): number {
  return isPublic(row) ? PUBLIC_OFFLINE_AFTER_SECONDS : OFFLINE_AFTER_SECONDS
}

/** One of a public operator, which has no token and sends no heartbeats. */
function isPublic(row: { tokenHash: Uint8Array | null }): boolean {
  return row.tokenHash === null
}

export function clusterSummaryOf(row: ClusterRow, now: Date): ClusterSummary {
  return {
    id: row.id,
    clusterId: row.clusterId,
    name: row.name,
    state: clusterStateOf(row, now),
    operatorVersion: row.operatorVersion,
    kubernetesVersion: row.kubernetesVersion,
    nodeCount: row.nodeCount,
    registeredAt: row.registeredAt.toISOString(),
    lastHeartbeatAt: row.lastHeartbeatAt?.toISOString() ?? null,
  }
}
