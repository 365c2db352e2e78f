const STEPS = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3_600 },
  { unit: 'hour', seconds: 3_600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: Infinity },
] as const

const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** "12 seconds ago", "in 3 days"; both in milliseconds since 1970. What lies less than two seconds back is "just now". */
export function relativeTime(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1_000)
  const distance = Math.abs(seconds)
  if (distance < 2) return 'just now'
  const step = STEPS.find((candidate) => distance < candidate.below)
  return step ? format.format(Math.trunc(seconds / step.seconds), step.unit) : 'just now'
}
