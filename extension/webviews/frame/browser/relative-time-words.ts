const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** "just now", "2 minutes ago", "in 3 days". */
export function relativeTimeWords(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size)
  if (unit) return format.format(Math.trunc(seconds / unit[1]), unit[0])
  return Math.abs(seconds) < 5 ? 'just now' : format.format(seconds, 'second')
}
