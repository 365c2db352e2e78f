import type { OperatorConfiguration } from '#contract/operator-api.ts'
import type { Env } from '#server/platform/env.ts'

/** Public operators learn of a revocation only when they register again, so they are asked to do it often. */
export const PUBLIC_REREGISTRATION_HOURS = 1
/** A public operator sends no heartbeats: it is heard of when it registers again, a quarter of an hour late at most. */
export const PUBLIC_OFFLINE_AFTER_SECONDS = PUBLIC_REREGISTRATION_HOURS * 3600 + 900
const OWN_REREGISTRATION_HOURS = 24

/** The pace that an operator is given. `beats` says whether it is one of ours, which sends heartbeats. */
export function operatorConfigurationFor(env: Env, beats: boolean): OperatorConfiguration {
  return {
    statusUpdateIntervalSeconds: 60,
    reregistrationIntervalHours: beats ? OWN_REREGISTRATION_HOURS : PUBLIC_REREGISTRATION_HOURS,
    metricsEnabled: true,
    metricsIntervalSeconds: env.collectionSeconds,
  }
}

/** Seconds to the next heartbeat. */
export function heartbeatSecondsOf(env: Env): number {
  return env.heartbeatSeconds
}
