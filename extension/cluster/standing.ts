import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { ObservedStatus } from './observed-status.ts'

/** What a person can do about a standing; each is a button. */
export type Mend =
  | 'retry'
  | 'install-operator'
  | 'create-key'
  | 'open-portal'
  | 'sign-in'
  | 'copy-rbac'
  | 'open-settings'
  | 'open-kubeconfig'

/** Where a cluster stands, by the table of the status ConfigMap. `reason` is one sentence for people; `mend` the button. */
export type Standing =
  /** Not looked at yet: no packet has left for it. */
  | { mode: 'unseen' }
  | { mode: 'connecting' }
  | { mode: 'unreachable'; reason: string; mend: Mend }
  /** No operator; with a warning when there is a status that cannot be read. */
  | { mode: 'basic'; warning: string | null }
  | { mode: 'operated'; status: ObservedStatus }
  | { mode: 'enabled'; status: ObservedStatus; claims: EntitlementClaims }
  /** `rbac` is the rule that is missing, where `mend` is to copy it. */
  | { mode: 'degraded'; reason: string; mend: Mend; status: ObservedStatus | null; rbac?: string }
  /** The status may not be read. `rbac` is the rule of a Role that mends it. */
  | { mode: 'forbidden'; reason: string; rbac: string }

export type Mode = Standing['mode']
