import type { Mend } from './standing.ts'

/** Why a token does not count. */
export type EntitlementFault =
  | 'malformed'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-purpose'
  | 'other-server'
  | 'other-cluster'
  | 'other-id'
  | 'not-yet'
  | 'expired'
  | 'free'
  | 'unidentified'
  | 'unchecked'

export interface EntitlementRefusal {
  fault: EntitlementFault
  reason: string
  mend: Mend
  rbac?: string
}

const KUBE_SYSTEM_RULE = '{apiGroups: [""], resources: ["namespaces"], resourceNames: ["kube-system"], verbs: ["get"]}'

type Words = Omit<EntitlementRefusal, 'fault'>

/** A sentence of its own for each, since each is mended elsewhere. `host` is the server of the setting. */
const words: Record<EntitlementFault, (host: string, detail: string) => Words> = {
  malformed: () => ({ reason: 'The entitlement in the status is not a signed token.', mend: 'retry' }),
  'unknown-key': (host) => ({
    reason: `The entitlement is signed with a key that ${host} does not publish.`,
    mend: 'retry',
  }),
  'bad-signature': () => ({ reason: 'The entitlement was changed after it was signed.', mend: 'retry' }),
  'wrong-purpose': () => ({ reason: 'The token in the status is no entitlement of kube9.', mend: 'retry' }),
  'other-server': (host, detail) => ({
    reason: `The entitlement is of the server ${detail}, and this editor trusts ${host} (setting kube9.serverUrl).`,
    mend: 'open-settings',
  }),
  'other-cluster': () => ({ reason: 'The entitlement belongs to another cluster.', mend: 'retry' }),
  'other-id': () => ({ reason: 'The entitlement names another cluster id than the operator’s status.', mend: 'retry' }),
  'not-yet': () => ({
    reason: 'The entitlement begins in the future. Check the clock of this machine.',
    mend: 'retry',
  }),
  expired: () => ({ reason: 'The entitlement has ended, and the operator has brought no new one.', mend: 'retry' }),
  free: () => ({ reason: 'The entitlement is not for Pro.', mend: 'open-portal' }),
  unidentified: () => ({
    reason: `Pro cannot be proven, since you may not read the namespace kube-system. This rule of a ClusterRole mends it: ${KUBE_SYSTEM_RULE}`,
    mend: 'copy-rbac',
    rbac: KUBE_SYSTEM_RULE,
  }),
  unchecked: (host, detail) => ({
    reason: `The entitlement cannot be checked now: ${host} does not give its public keys (${detail}).`,
    mend: 'retry',
  }),
}

export function refusalOf(fault: EntitlementFault, host: string, detail = ''): EntitlementRefusal {
  return { fault, ...words[fault](host, detail) }
}
