const DAY_MS = 86_400_000

/** "ends in 9 days", "ends today", "ended". */
export function daysLeft(endsAt: string, nowMs: number): string {
  const leftMs = Date.parse(endsAt) - nowMs
  if (leftMs <= 0) return 'ended'
  const days = Math.floor(leftMs / DAY_MS)
  if (days === 0) return 'ends within a day'
  return `ends in ${days} ${days === 1 ? 'day' : 'days'}`
}
