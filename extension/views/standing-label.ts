import type { Mend, Mode, Standing } from '../cluster/standing.ts'

const words: Record<Mode, string> = {
  unseen: '',
  connecting: 'Connecting…',
  unreachable: 'Unreachable',
  basic: 'Basic',
  operated: 'Operated',
  enabled: 'Pro',
  degraded: 'Degraded',
  forbidden: 'No permission',
}

export interface StandingLabel {
  word: string
  /** Why, when something is not as it should be. */
  reason: string | null
  mend: Mend | null
}

/** Where a cluster stands, as its row says it. */
export function standingLabel(standing: Standing): StandingLabel {
  const word = words[standing.mode]
  switch (standing.mode) {
    case 'unreachable':
    case 'degraded':
      return { word, reason: standing.reason, mend: standing.mend }
    case 'forbidden':
      return { word, reason: standing.reason, mend: 'copy-rbac' }
    case 'basic':
      return { word, reason: standing.warning, mend: standing.warning === null ? null : 'retry' }
    default:
      return { word, reason: null, mend: null }
  }
}
