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

export type Point = { at: number; value: number }

/**
 * Values as lines. A gap is where nothing came for more than twice the usual time between two: buckets shorter than the pace
 * of collections are empty by nature, and a line through them says nothing untrue.
 */
export function segmentsOf(values: Values): Point[][] {
  const points = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]))
  const steps = points.slice(1).map(({ at }, place) => at - (points[place]?.at ?? at))
  const longest = 2 * (steps.toSorted((one, other) => one - other)[Math.floor((steps.length - 1) / 2)] ?? 1)
  const segments: Point[][] = []
  for (const [place, point] of points.entries()) {
    const segment = place > 0 && (steps[place - 1] ?? 0) <= longest ? segments.at(-1) : undefined
    if (segment) segment.push(point)
    else segments.push([point])
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
