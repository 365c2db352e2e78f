import type { ClusterState } from '#contract/portal-api.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export type Tone = 'healthy' | 'degraded' | 'unhealthy' | 'quiet'

type Look = { word: string; icon: IconName; tone: Tone; meaning: string }

/** How a cluster's state is shown, and what it means for the reader. */
export const clusterLooks: Record<ClusterState, Look> = {
  healthy: { word: 'Healthy', icon: 'pass', tone: 'healthy', meaning: 'The cluster is connected, and all is well.' },
  waiting: {
    word: 'Waiting',
    icon: 'history',
    tone: 'quiet',
    meaning: 'The cluster is registered. Its first heartbeat is about to come.',
  },
  degraded: {
    word: 'Degraded',
    icon: 'warning',
    tone: 'degraded',
    meaning: 'The cluster is connected, and something needs a look: see the conditions.',
  },
  unhealthy: {
    word: 'Unhealthy',
    icon: 'error',
    tone: 'unhealthy',
    meaning: 'The cluster is connected, and something is broken: see the conditions.',
  },
  refused: {
    word: 'Refused',
    icon: 'lock',
    tone: 'degraded',
    meaning: 'The operator calls, and its key or its plan is refused.',
  },
  offline: {
    word: 'Offline',
    icon: 'circle-slash',
    tone: 'quiet',
    meaning: 'No heartbeat has come for a while. Check that the operator’s pod runs and reaches the server.',
  },
  goodbye: {
    word: 'Said goodbye',
    icon: 'debug-disconnect',
    tone: 'quiet',
    meaning: 'The operator was removed, and said so. Install it again, and the cluster comes back here.',
  },
}

/** Icon and word; the colour only says it once more. */
export function Status({ icon, word, tone }: Pick<Look, 'icon' | 'word' | 'tone'>) {
  return (
    <span className={`status tone-${tone}`}>
      <Icon name={icon} className="tone" />
      {word}
    </span>
  )
}
