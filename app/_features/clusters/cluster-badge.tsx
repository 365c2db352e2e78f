import type { ClusterState } from '#contract/portal-api.ts'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { clusterStatus } from './cluster-status.ts'

export function ClusterBadge({ state }: { state: ClusterState }) {
  const { status, word } = clusterStatus[state]
  return <StatusBadge status={status} word={word} />
}
