import type { historyRangesHours } from '#contract/cluster-report.ts'
import type { Env } from '#server/platform/env.ts'

export type HistoryRange = (typeof historyRangesHours)[number]
/** Buckets of one length, the first of which begins at `from`. The last one is the one that is going on. */
export type HistoryWindow = { from: Date; bucketSeconds: number; bucketCount: number }

/** About sixty for each range, of a length that fits the clock. */
const bucketSecondsOf: Record<HistoryRange, number> = { 1: 60, 6: 300, 24: 1800, 168: 10_800 }

/**
 * Buckets begin at whole multiples of their length, so that a chart which is drawn again moves on by whole buckets. Each has
 * room for two heartbeats, or a cluster that keeps a slow pace would look silent in between.
 */
export function historyWindowOf(env: Env, rangeHours: HistoryRange, now: Date): HistoryWindow {
  const bucketSeconds = Math.max(bucketSecondsOf[rangeHours], twoBeatsSeconds(env))
  const bucketCount = Math.ceil((rangeHours * 3600) / bucketSeconds)
  const bucketMs = bucketSeconds * 1000
  const lastBegins = Math.floor(now.getTime() / bucketMs) * bucketMs
  return { from: new Date(lastBegins - (bucketCount - 1) * bucketMs), bucketSeconds, bucketCount }
}

/** Silence for less than this says nothing yet. */
export function twoBeatsSeconds(env: Env): number {
  return 2 * env.heartbeatSeconds
}
