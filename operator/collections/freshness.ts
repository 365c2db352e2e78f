import type { Session } from '../registration/session.ts'

/** Two turns, and what a slow network takes. */
const TURNS = 2
const SLACK_MS = 60_000

/** Whether the server has collections that are as new as it asked for. */
export type Freshness =
  | { kind: 'not-collecting' }
  | { kind: 'not-wanted' }
  | { kind: 'no-names'; detail: string }
  | { kind: 'starting' }
  | { kind: 'fresh'; since: Date }
  | { kind: 'late'; last: Date | null }

export interface FreshnessFacts {
  session: Session | null
  startedAt: number | null
  /** Of the type that was delivered longest ago; null while one has not been. */
  oldestDelivery: Date | null
  namesFault: string | null
  now: Date
}

export function freshnessOf({ session, startedAt, oldestDelivery, namesFault, now }: FreshnessFacts): Freshness {
  if (session === null) return { kind: 'not-collecting' }
  if (!session.configuration.metricsEnabled) return { kind: 'not-wanted' }
  if (namesFault !== null) return { kind: 'no-names', detail: namesFault }
  const lateMs = session.configuration.metricsIntervalSeconds * 1000 * TURNS + SLACK_MS
  const lastAt = oldestDelivery?.getTime() ?? startedAt ?? now.getTime()
  if (now.getTime() - lastAt > lateMs) return { kind: 'late', last: oldestDelivery }
  return oldestDelivery === null ? { kind: 'starting' } : { kind: 'fresh', since: oldestDelivery }
}
