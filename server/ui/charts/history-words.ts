import type { HealthHistory } from '#contract/cluster-report.ts'
import { secondsByHealth } from './history.ts'
import type { Bucket, BucketHealth, Values } from './history.ts'

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayAndTime = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })

/** "09:10"; with the day where a history is longer than one. */
export function bucketTime(at: string, rangeHours: number): string {
  return (rangeHours > 24 ? dayAndTime : time).format(new Date(at))
}

/** "45 s", "1 h 20 min", "2 d 3 h": the two largest units. */
export function duration(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ] as const
  const first = units.findIndex(([, length]) => seconds >= length)
  if (first === -1) return '0 s'
  let rest = seconds
  const parts: string[] = []
  for (const [unit, length] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(`${count} ${unit}`)
  }
  return parts.join(' ')
}

const rangeNames: Record<number, string> = { 1: 'hour', 6: '6 hours', 24: '24 hours', 168: '7 days' }

export function rangeName(rangeHours: number): string {
  return `last ${rangeNames[rangeHours] ?? `${rangeHours} hours`}`
}

/** What the strip of states shows, as sentences. */
export function describeHealth(history: HealthHistory, rangeHours: number): string {
  const seconds = secondsByHealth(history)
  const whole = history.buckets.length * history.bucketSeconds
  const range = rangeName(rangeHours)
  if (seconds.silent === whole) return `No heartbeat was heard in the ${range}.`
  if (seconds.healthy === whole) return `Healthy throughout the ${range}.`
  const last = (health: BucketHealth) => {
    const bucket = history.buckets.findLast((candidate) => candidate.health === health)
    return bucket ? bucketTime(bucket.at, rangeHours) : ''
  }
  const troubles = (['unhealthy', 'degraded'] as const)
    .filter((health) => seconds[health] > 0)
    .map((health) => `${capital(health)} for ${duration(seconds[health])}, last at ${last(health)}.`)
  return [
    `Healthy for ${duration(seconds.healthy)} of the ${range}.`,
    ...troubles,
    ...(seconds.silent > 0 ? [`Nothing was heard for ${duration(seconds.silent)}, last at ${last('silent')}.`] : []),
  ].join(' ')
}

const NOTHING = 'No collection came in this time.'

export function describeNodes(buckets: readonly Bucket[], rangeHours: number): string {
  const known = buckets.filter(({ readyNodes }) => readyNodes !== null)
  const last = known.at(-1)
  if (!last) return NOTHING
  const now = `${last.readyNodes} of ${count(last.nodes ?? 0, 'node')} ready at ${bucketTime(last.at, rangeHours)}`
  const missing = (bucket: Bucket) => (bucket.nodes ?? 0) - (bucket.readyNodes ?? 0)
  const worst = known.reduce((most, bucket) => (missing(bucket) > missing(most) ? bucket : most))
  if (missing(worst) <= 0) return `${now}; all were ready the whole time.`
  if (missing(worst) === missing(last)) return `${now}.`
  return `${now}; at worst ${worst.readyNodes} of ${worst.nodes}, at ${bucketTime(worst.at, rangeHours)}.`
}

export function describePods(buckets: readonly Bucket[], rangeHours: number): string {
  const last = buckets.findLast(({ podsRunning }) => podsRunning !== null)
  if (!last) return NOTHING
  const { podsRunning, podsPending, podsFailed } = last
  const now = `${podsRunning} running, ${podsPending} pending, ${podsFailed} failed at ${bucketTime(last.at, rangeHours)}`
  const peaks = [peakOf(buckets, 'podsPending', 'pending'), peakOf(buckets, 'podsFailed', 'failed')]
    .filter((peak) => peak !== null)
    .map(({ value, word, at }) => `${value} ${word} at ${bucketTime(at, rangeHours)}`)
  return peaks.length === 0 ? `${now}.` : `${now}; at most ${peaks.join(' and ')}.`
}

export function describeRestarts(buckets: readonly Bucket[]): string {
  const known = buckets.map(({ restarts }) => restarts).filter((value) => value !== null)
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined) return NOTHING
  const now = `${count(last, 'restart')} counted`
  if (known.length === 1) return `${now}.`
  if (last > first) return `${now}, ${last - first} more than at the beginning.`
  if (last < first)
    return `${now}, ${first - last} fewer than at the beginning: containers that are gone no longer count.`
  return `${now}, as many as at the beginning.`
}

/** What the values of one moment say: "09:10: 4 nodes, 3 ready". */
export function describeMoment(
  at: string,
  rangeHours: number,
  series: readonly { name: string; value: number | null }[],
) {
  const when = bucketTime(at, rangeHours)
  const known = series.filter(({ value }) => value !== null)
  if (known.length === 0) return `${when}: no collection`
  return `${when}: ${known.map(({ name, value }) => `${value} ${name.toLowerCase()}`).join(', ')}`
}

export function isEmpty(series: readonly Values[]): boolean {
  return series.every((values) => values.every((value) => value === null))
}

function peakOf(buckets: readonly Bucket[], field: 'podsPending' | 'podsFailed', word: string) {
  const known = buckets.filter((bucket) => bucket[field] !== null)
  const top = known.reduce<Bucket | null>(
    (most, bucket) => (most === null || (bucket[field] ?? 0) > (most[field] ?? 0) ? bucket : most),
    null,
  )
  const value = top?.[field] ?? 0
  return top !== null && value > (known.at(-1)?.[field] ?? 0) ? { value, word, at: top.at } : null
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}
