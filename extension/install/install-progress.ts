import type { Standing } from '../cluster/standing.ts'

/** The operator's pod, as far as it is looked at; null while there is none. */
export interface OperatorPod {
  ready: boolean
  /** Why it does not start, in Kubernetes' own word. */
  reason: string | null
}

/** How far a connection has come. `refused` is where waiting alone mends nothing. */
export type Step =
  | { step: 'waiting' | 'pod-starting' | 'key-arriving' | 'registering' | 'first-heartbeat'; words: string }
  | { step: 'connected'; words: string }
  | { step: 'refused'; words: string }

/** Reasons of conditions after which the operator needs a person. */
const REFUSALS = new Set([
  'KeyMalformed',
  'KeyRefused',
  'KeyExpired',
  'SubscriptionRequired',
  'PlanRefused',
  'ClusterLimitReached',
  'InsecureServerUrl',
])

/** What to say now. `old` is the refusal that stood there before the key was written: it is about another key. */
export function installStep(standing: Standing, pod: OperatorPod | null, old: Refusal | null): Step {
  if (standing.mode === 'enabled') {
    if (standing.status.lastHeartbeat === null)
      return { step: 'first-heartbeat', words: 'Registered. Waiting for the first heartbeat.' }
    return { step: 'connected', words: 'Connected.' }
  }
  if (standing.mode === 'operated') {
    return { step: 'key-arriving', words: 'The operator runs. Its key arrives within a minute or so.' }
  }
  const refusal = newRefusal(standing, old)
  if (refusal !== null) return { step: 'refused', words: refusal }
  if (standing.mode === 'degraded')
    return { step: 'registering', words: `Registering with the server. ${standing.reason}` }
  return beforeStatus(pod)
}

function beforeStatus(pod: OperatorPod | null): Step {
  if (pod === null) return { step: 'waiting', words: 'Waiting for helm.' }
  if (pod.ready) return { step: 'pod-starting', words: 'The operator runs. Waiting for its first status.' }
  const why = pod.reason === null ? '' : ` (${pod.reason})`
  return { step: 'pod-starting', words: `The operator’s pod is starting${why}.` }
}

function newRefusal(standing: Standing, old: Refusal | null): string | null {
  const refusal = refusalIn(standing)
  return refusal === null || refusal.since === old?.since ? null : refusal.message
}

export type Refusal = { message: string; since: string }

/** Why the server turned the operator away, when its status says so. */
export function refusalIn(standing: Standing): Refusal | null {
  if (standing.mode !== 'degraded') return null
  const found = standing.status?.conditions.find(({ status, reason }) => status === 'False' && REFUSALS.has(reason))
  return found ? { message: found.message, since: found.lastTransitionTime } : null
}
