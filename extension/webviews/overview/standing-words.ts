import type { Mode, Standing } from '../../cluster/standing.ts'
import { mendCommand } from '../../views/mend-command.ts'
import { standingLabel } from '../../views/standing-label.ts'
import type { Tone } from '../frame/tone.ts'
import type { OverviewStanding } from './protocol.ts'

/** Green is for what is healthy and connected; nothing is wrong with a cluster without an operator. */
const tones: Record<Mode, Tone> = {
  unseen: 'busy',
  connecting: 'busy',
  unreachable: 'bad',
  basic: 'quiet',
  operated: 'info',
  enabled: 'good',
  degraded: 'warning',
  forbidden: 'warning',
}

/** Where the cluster stands, in words, and the button that mends it. */
export function standingWords(standing: Standing): OverviewStanding {
  const { word, reason, mend } = standingLabel(standing)
  return {
    mode: standing.mode,
    word: word || 'Connecting…',
    tone: tones[standing.mode],
    reason,
    rbac: 'rbac' in standing ? (standing.rbac ?? null) : null,
    mend: mend && { action: mend, label: mendCommand(mend).title },
  }
}
