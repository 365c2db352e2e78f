import type { HealthHistory } from '#contract/cluster-report.ts'

export type Bucket = HealthHistory['buckets'][number]
export type BucketHealth = Bucket['health']
export type Values = readonly (number | null)[]

/** A stretch of buckets with the same health. */
export type Run = { health: BucketHealth; from: number; length: number }

/** Neighbouring buckets of the same health as one, oldest first. */
export function runsOf(buckets: readonly { health: BucketHealth }[]): Run[] {
  const runs: Run[] = []
  for (const [at, { health }] of buckets.entries()) {
    const last = runs.at(-1)
    if (last?.health === health) last.length += 1
    else runs.push({ health, from: at, length: 1 })
  }
  return runs
}

/** Stretches of values without a gap, each as the places that it covers. */
export function segmentsOf(values: Values): { from: number; values: number[] }[] {
  const segments: { from: number; values: number[] }[] = []
  let open = false
  for (const [at, value] of values.entries()) {
    if (value !== null) {
      if (!open) segments.push({ from: at, values: [] })
      segments.at(-1)?.values.push(value)
    }
    open = value !== null
  }
  return segments
}

/** The top of an axis from 0: a round number that no value is above, and never 0. Counts are whole, so small tops are too. */
export function axisTop(series: readonly Values[]): number {
  const highest = Math.max(1, ...series.flatMap((values) => values.filter((value) => value !== null)))
  if (highest <= 4) return highest
  const power = 10 ** Math.floor(Math.log10(highest))
  const step = [1, 2, 2.5, 5, 10].find((factor) => Number.isInteger(factor * power) && factor * power >= highest)
  return step === undefined ? highest : step * power
}

/** Where moments lie between the begin (0) and the end (1) of a history; those outside are left out. */
export function placesOf(instants: readonly string[], { buckets, bucketSeconds }: HealthHistory): number[] {
  const first = buckets[0]
  if (!first) return []
  const begin = Date.parse(first.at)
  const lengthMs = buckets.length * bucketSeconds * 1_000
  return instants.map((at) => (Date.parse(at) - begin) / lengthMs).filter((place) => place >= 0 && place <= 1)
}

/** Seconds in each health. */
export function secondsByHealth({ buckets, bucketSeconds }: HealthHistory): Record<BucketHealth, number> {
  const seconds = { healthy: 0, degraded: 0, unhealthy: 0, silent: 0 }
  for (const { health } of buckets) seconds[health] += bucketSeconds
  return seconds
}
