import type { Condition } from '#contract/conditions.ts'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { ArgocdStatus, OperatorStatus } from '#contract/operator-status.ts'
import type { OperatorHealth } from '#contract/operator-api.ts'
import type { Situation, Standing } from '../registration/standing.ts'
import { OPERATOR_VERSION } from '../version.ts'
import { cutText } from './cut-text.ts'
import { errorOf } from './standing-text.ts'

export interface StatusFacts {
  namespace: string
  serverUrl: string
  standing: Standing
  situation: Situation
  conditions: Condition[]
  argocd: ArgocdStatus
  collectionStats: OperatorStatus['collectionStats']
  now: Date
}

/** The assessments that this version does not do yet, as clients in the field expect to find them. */
const NOTHING_YET: Pick<OperatorStatus, 'assessment'> = {
  assessment: {
    lastScheduledCompletedAt: null,
    lastScheduledOutcome: 'none',
    lastScheduledRunState: null,
    lastScheduledRunId: null,
    lastScheduledTotals: { totalChecks: 0, completedChecks: 0, passedChecks: 0, failedChecks: 0, warningChecks: 0 },
    lastScheduledError: null,
    lastScheduledChecks: [],
    schedulingEnabled: false,
    scheduleIntervalSeconds: 0,
  },
}

/** `error` is null exactly when this is healthy. */
export function healthOf(standing: Standing): OperatorHealth {
  return standing.kind === 'operated' || standing.kind === 'registered' ? 'healthy' : 'degraded'
}

/** The whole status. An entitlement stands in it only where the tier is pro and its signature holds. */
export function composeStatus(facts: StatusFacts): OperatorStatus {
  const { standing, situation, serverUrl } = facts
  const { record, claims } = situation
  const isRegistered = standing.kind === 'registered'
  const error = errorOf(standing, serverUrl)
  return {
    schemaVersion: 1,
    mode: standing.kind === 'operated' ? 'operated' : 'enabled',
    tier: isRegistered ? 'pro' : 'free',
    version: OPERATOR_VERSION,
    health: healthOf(standing),
    lastUpdate: facts.now.toISOString(),
    registered: isRegistered,
    apiKeyConfigured: standing.kind !== 'operated',
    error: error === null ? null : cutText(error, STATUS_CONFIG_MAP.maxTextLength),
    namespace: facts.namespace,
    ...(isRegistered && record.clusterId !== null ? { clusterId: record.clusterId } : {}),
    argocd: facts.argocd,
    collectionStats: facts.collectionStats,
    ...NOTHING_YET,
    conditions: facts.conditions,
    serverUrl,
    lastHeartbeat: record.lastHeartbeat,
    ...(isRegistered && claims && record.entitlement !== null ? { entitlement: record.entitlement } : {}),
  }
}

/** What is written last: the operator ends, whatever else was true. */
export function farewellStatus(status: OperatorStatus): OperatorStatus {
  return { ...status, health: 'unhealthy', error: 'Shutting down' }
}
