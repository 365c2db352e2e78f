import { conditionReasons } from '#contract/conditions.ts'
import type { ConditionReason, ConditionStatus, ConditionType } from '#contract/conditions.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { Freshness } from '../collections/freshness.ts'
import type { Away, Standing } from '../registration/standing.ts'
import { awayText, errorOf } from './standing-text.ts'

/** What is true of one condition now. */
export interface ConditionState {
  type: ConditionType
  status: ConditionStatus
  reason: ConditionReason
  message: string
}

/** What the operator can say of the cluster itself. */
export type ClusterHealth =
  | { kind: 'unknown' }
  | { kind: 'unreachable'; detail: string }
  | { kind: 'known'; nodes: number; readyNodes: number }

export interface ConditionFacts {
  standing: Standing
  serverUrl: string
  lastHeartbeat: Date | null
  /** Why the last write failed; null when it did not. */
  writeFault: string | null
  cluster: ClusterHealth
  collections: Freshness
  now: Date
}

/** All six conditions, in the order of the contract. */
export function conditionStates(facts: ConditionFacts): ConditionState[] {
  return [
    writableState(facts.writeFault),
    keyState(facts.standing, facts.serverUrl),
    reachableState(facts.standing, facts.serverUrl),
    registeredState(facts),
    freshState(facts.collections),
    clusterState(facts.cluster),
  ]
}

function state(
  type: ConditionType,
  status: ConditionStatus,
  reason: ConditionReason,
  message: string = conditionReasons[reason],
): ConditionState {
  return { type, status, reason, message }
}

function writableState(fault: string | null): ConditionState {
  if (fault === null) return state('StatusWritable', 'True', 'Ready')
  return state('StatusWritable', 'False', 'StatusWriteFailed', `${conditionReasons.StatusWriteFailed} (${fault})`)
}

/** The portal calls a cluster offline after the same time. */
const LATE_AFTER_MS = 180_000

const refusedKeyReasons: Partial<Record<ErrorCode, ConditionReason>> = {
  INVALID_API_KEY: 'KeyRefused',
  UNAUTHENTICATED: 'KeyRefused',
  FORBIDDEN: 'KeyRefused',
  API_KEY_EXPIRED: 'KeyExpired',
}

function keyState(standing: Standing, serverUrl: string): ConditionState {
  const told = (reason: ConditionReason) =>
    state('ApiKeyAccepted', 'False', reason, errorOf(standing, serverUrl) ?? conditionReasons[reason])
  switch (standing.kind) {
    case 'operated':
      return state('ApiKeyAccepted', 'Unknown', 'NoApiKey')
    case 'key-malformed':
      return told('KeyMalformed')
    case 'insecure-address':
    case 'unregistered':
      return state('ApiKeyAccepted', 'Unknown', 'KeyNotTriedYet')
    case 'refused': {
      const reason = refusedKeyReasons[standing.refusal.code]
      return reason ? told(reason) : state('ApiKeyAccepted', 'True', 'KeyAccepted')
    }
    case 'registered':
      return standing.keyTried
        ? state('ApiKeyAccepted', 'True', 'KeyAccepted')
        : state('ApiKeyAccepted', 'Unknown', 'KeyNotTriedYet')
    case 'grace-over':
      return state('ApiKeyAccepted', 'Unknown', 'Unknown')
  }
}

function reachableState(standing: Standing, serverUrl: string): ConditionState {
  switch (standing.kind) {
    case 'operated':
      return state('ServerReachable', 'Unknown', 'NotContacted')
    case 'key-malformed':
      return state('ServerReachable', 'Unknown', 'Unknown', 'The server is not contacted without a usable API key.')
    case 'insecure-address':
      return state('ServerReachable', 'False', 'InsecureServerUrl', errorOf(standing, serverUrl) ?? '')
    case 'refused':
    case 'registered':
      return reachable(standing.away, 'True')
    case 'unregistered':
    case 'grace-over':
      return reachable(standing.away, 'Unknown')
  }
}

function reachable(away: Away | null, otherwise: 'True' | 'Unknown'): ConditionState {
  if (away) return state('ServerReachable', 'False', away.reason, `${awayText(away)} The operator keeps trying.`)
  return state('ServerReachable', otherwise, otherwise === 'True' ? 'ServerAnswers' : 'Unknown')
}

const refusedPlanReasons: Partial<Record<ErrorCode, ConditionReason>> = {
  SUBSCRIPTION_REQUIRED: 'SubscriptionRequired',
  CLUSTER_LIMIT_REACHED: 'ClusterLimitReached',
}

function registeredState({ standing, serverUrl, lastHeartbeat, now }: ConditionFacts): ConditionState {
  const told = (reason: ConditionReason) =>
    state('Registered', 'False', reason, errorOf(standing, serverUrl) ?? conditionReasons[reason])
  switch (standing.kind) {
    case 'operated':
      return state('Registered', 'False', 'NoApiKey')
    case 'key-malformed':
    case 'insecure-address':
    case 'unregistered':
      return state('Registered', 'False', 'NotRegistered')
    case 'refused':
      return told(refusedPlanReasons[standing.refusal.code] ?? 'KeyRefused')
    case 'grace-over':
      return told('GraceOver')
    case 'registered':
      return punctuality(lastHeartbeat, now)
  }
}

function punctuality(lastHeartbeat: Date | null, now: Date): ConditionState {
  if (lastHeartbeat === null || now.getTime() - lastHeartbeat.getTime() <= LATE_AFTER_MS) {
    return state('Registered', 'True', 'Registered')
  }
  return state('Registered', 'True', 'HeartbeatLate', `The last heartbeat was at ${lastHeartbeat.toISOString()}.`)
}

function freshState(collections: Freshness): ConditionState {
  switch (collections.kind) {
    case 'not-collecting':
      return state('CollectionsFresh', 'Unknown', 'NotCollecting')
    case 'not-wanted':
      return state('CollectionsFresh', 'Unknown', 'NotCollecting', 'The server asks for no collections.')
    case 'no-names':
      return state('CollectionsFresh', 'False', 'NamesUnusable', collections.detail)
    case 'starting':
      return state('CollectionsFresh', 'Unknown', 'Unknown', 'The first collections are on their way.')
    case 'fresh':
      return state('CollectionsFresh', 'True', 'Fresh')
    case 'late': {
      const last = collections.last?.toISOString()
      const since = last ? `The oldest is of ${last}.` : 'None has been delivered yet.'
      return state('CollectionsFresh', 'False', 'Stale', `${conditionReasons.Stale} ${since}`)
    }
  }
}

function clusterState(cluster: ClusterHealth): ConditionState {
  if (cluster.kind === 'unknown') return state('ClusterHealthy', 'Unknown', 'Unknown')
  if (cluster.kind === 'unreachable') {
    return state('ClusterHealthy', 'Unknown', 'KubernetesUnreachable', `The cluster cannot be read: ${cluster.detail}`)
  }
  const { nodes, readyNodes } = cluster
  const message = `${readyNodes} of ${nodes} nodes are ready.`
  const isHealthy = nodes > 0 && readyNodes === nodes
  return state('ClusterHealthy', isHealthy ? 'True' : 'False', isHealthy ? 'NodesReady' : 'NodesNotReady', message)
}
