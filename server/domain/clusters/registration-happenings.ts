import type { CandidateRow } from './find-candidates.ts'
import { happeningsOfReturn } from './cluster-events.ts'
import type { ClusterHappening } from './cluster-events.ts'
import type { Identity, Registration } from './identify.ts'

/** A public operator registers every hour; that it is still there is no news. */
export function isRoutine(identity: Identity<CandidateRow>, registration: Registration): boolean {
  if (identity.kind !== 'same' || registration.instanceId !== undefined) return false
  return identity.cluster.apiKeyId === registration.apiKeyId
}

/** What a registration says of the cluster that it made or found. */
export function happeningsOfRegistration(
  identity: Identity<CandidateRow>,
  registration: Registration,
  now: Date,
): ClusterHappening[] {
  switch (identity.kind) {
    case 'same':
      return [
        ...happeningsOfReturn(identity.cluster, now),
        ...(isRoutine(identity, registration) ? [] : [{ kind: 'reregistered' as const }]),
      ]
    case 'fork':
      return [{ kind: 'forked', detail: 'copy' }]
    case 'successor':
    case 'namesake':
    case 'new':
      return [{ kind: 'registered' }]
  }
}
