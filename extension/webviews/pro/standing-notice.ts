import type { Cluster } from '../../cluster/cluster.ts'
import type { Mend } from '../../cluster/standing.ts'

/** What a page says that is open while its cluster is not enabled any more. */
export type StandingNotice = { text: string; mend: Mend | null }

/** Null while all is well, and while it is not known yet. */
export function standingNotice(cluster: Pick<Cluster, 'standing'> | null, isGone: boolean): StandingNotice | null {
  if (isGone) return { text: 'No kubeconfig names this cluster any more.', mend: 'open-kubeconfig' }
  const standing = cluster?.standing
  switch (standing?.mode) {
    case undefined:
    case 'unseen':
    case 'connecting':
    case 'enabled':
      return null
    case 'degraded':
    case 'unreachable':
      return { text: standing.reason, mend: standing.mend }
    case 'forbidden':
      return { text: standing.reason, mend: 'copy-rbac' }
    case 'operated':
      return { text: 'The operator has no API key any more, so nothing new arrives here.', mend: 'create-key' }
    case 'basic':
      return {
        text: standing.warning ?? 'The operator is gone, so nothing new arrives here.',
        mend: 'install-operator',
      }
  }
}
