import type { ClusterState } from '#contract/portal-api.ts'
import type { Status } from '#app/_ui/status-badge.tsx'

/** How a cluster's state is shown, and what it means for the reader. */
export const clusterStatus: Record<ClusterState, { status: Status; word: string; meaning: string }> = {
  healthy: { status: 'healthy', word: 'Healthy', meaning: 'The cluster is connected, and all is well.' },
  waiting: {
    status: 'waiting',
    word: 'Waiting',
    meaning: 'The cluster is registered. Its first heartbeat is about to come.',
  },
  degraded: {
    status: 'degraded',
    word: 'Degraded',
    meaning: 'The cluster is connected, and something needs a look: see the conditions below.',
  },
  unhealthy: {
    status: 'unhealthy',
    word: 'Unhealthy',
    meaning: 'The cluster is connected, and something is broken: see the conditions below.',
  },
  refused: { status: 'degraded', word: 'Refused', meaning: 'The operator calls, and its key or its plan is refused.' },
  offline: {
    status: 'offline',
    word: 'Offline',
    meaning: 'No heartbeat has come for a while. The operator keeps trying, unless it is gone.',
  },
  goodbye: { status: 'goodbye', word: 'Said goodbye', meaning: 'The operator was removed, and said so.' },
}

/** Whether it may be gone for good. One that is refused takes a place in the plan until it is removed, whether it calls or not. */
export function isRemovable(state: ClusterState): boolean {
  return state === 'goodbye' || state === 'offline' || state === 'refused'
}
