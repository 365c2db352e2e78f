import type { ConditionReason } from '#contract/conditions.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { EntitlementRefusal } from './entitlement-refusal.ts'
import { readStatusText } from './observed-status.ts'
import type { ObservedStatus } from './observed-status.ts'
import type { Mend, Standing } from './standing.ts'

/** A status that is older was left behind by an operator that is gone. */
const FRESH_MS = 5 * 60_000
/** Clocks differ by so much; what lies further in the future was not written by a clock. */
const AHEAD_MS = 2 * 60_000

/** What was found where the status should be. `text` is undefined when the ConfigMap has no such key. */
export type Observation =
  | { kind: 'absent' }
  | { kind: 'forbidden'; reason: string; rbac: string }
  | { kind: 'found'; text: string | undefined }

/** What became of the token in the status: there is none, it holds, or why it does not. */
export type EntitlementVerdict =
  | { kind: 'none' }
  | { kind: 'valid'; claims: EntitlementClaims }
  | { kind: 'refused'; refusal: EntitlementRefusal }

/** What the server said, when somebody is signed in and it answered. */
export type ServerVerdict = { pro: boolean; message: string | null }

export interface Evidence {
  observation: Observation
  entitlement: EntitlementVerdict
  server: ServerVerdict | null
  now: number
}

export interface Judgement {
  standing: Standing
  /** When the passing of time alone may change it; null for never. */
  changesAt: number | null
}

/** The table of the status ConfigMap, row by row. Pure: what it needs to know of the world stands in the evidence. */
export function judgeStanding(evidence: Evidence): Judgement {
  const { observation } = evidence
  if (observation.kind === 'absent') return lasting({ mode: 'basic', warning: null })
  if (observation.kind === 'forbidden') {
    return lasting({ mode: 'forbidden', reason: observation.reason, rbac: observation.rbac })
  }
  const status = readStatusText(observation.text)
  if ('warning' in status) return lasting({ mode: 'basic', warning: status.warning })
  return judgeStatus(status, evidence)
}

function judgeStatus(status: ObservedStatus, evidence: Evidence): Judgement {
  const degraded = (reason: string, mend: Mend): Standing => ({ mode: 'degraded', reason, mend, status })
  const updatedAt = Date.parse(status.lastUpdate)
  if (Number.isNaN(updatedAt)) {
    return lasting(degraded('The operator’s status says no date of its last update.', 'retry'))
  }
  if (updatedAt - evidence.now > AHEAD_MS) {
    const reason = 'The operator’s last update lies in the future. Check the clocks of the cluster and of this machine.'
    return { standing: degraded(reason, 'retry'), changesAt: updatedAt - AHEAD_MS }
  }
  if (evidence.now - updatedAt > FRESH_MS) {
    const since = new Date(updatedAt).toISOString().slice(0, 16).replace('T', ' ')
    return lasting(degraded(`The operator has not been heard of since ${since} UTC. Check that its pod runs.`, 'retry'))
  }
  return { standing: judgeFresh(status, evidence, degraded), changesAt: updatedAt + FRESH_MS + 1 }
}

function judgeFresh(
  status: ObservedStatus,
  evidence: Evidence,
  degraded: (reason: string, mend: Mend) => Standing,
): Standing {
  if (status.mode === null)
    return degraded('The operator is in a mode that this extension does not know. Update it.', 'retry')
  if (status.health !== 'healthy') {
    return degraded(status.error ?? `The operator says that it is ${status.health ?? 'not healthy'}.`, mendOf(status))
  }
  if (status.mode === 'operated') return { mode: 'operated', status }
  if (!status.registered) {
    return degraded(status.error ?? 'The operator has a key, but the server has not accepted it yet.', mendOf(status))
  }
  if (status.tier !== 'pro') return degraded('The operator is registered, but not for Pro.', 'open-portal')
  return judgeEntitlement(status, evidence, degraded)
}

function judgeEntitlement(
  status: ObservedStatus,
  { entitlement, server }: Evidence,
  degraded: (reason: string, mend: Mend) => Standing,
): Standing {
  if (entitlement.kind === 'none') {
    const reason = 'The operator shows no entitlement, so Pro cannot be proven. Upgrade it to the current version.'
    return degraded(reason, 'install-operator')
  }
  if (entitlement.kind === 'refused') {
    const { reason, mend, rbac } = entitlement.refusal
    return { mode: 'degraded', reason, mend, status, ...(rbac === undefined ? {} : { rbac }) }
  }
  if (server && !server.pro) {
    return degraded(server.message ?? 'The server no longer counts this cluster as Pro.', 'open-portal')
  }
  return { mode: 'enabled', status, claims: entitlement.claims }
}

const mends: Partial<Record<ConditionReason, Mend>> = {
  NoApiKey: 'create-key',
  KeyMalformed: 'create-key',
  KeyRefused: 'create-key',
  KeyExpired: 'create-key',
  SubscriptionRequired: 'open-portal',
  PlanRefused: 'open-portal',
  ClusterLimitReached: 'open-portal',
}

/** By the first condition that is not met and that a person can do something about. */
function mendOf({ conditions }: ObservedStatus): Mend {
  for (const { status, reason } of conditions) {
    const mend = mends[reason]
    if (status === 'False' && mend) return mend
  }
  return 'retry'
}

function lasting(standing: Standing): Judgement {
  return { standing, changesAt: null }
}
