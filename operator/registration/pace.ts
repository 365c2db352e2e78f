const BACKOFF_FIRST_MS = 1_000
const BACKOFF_MAX_MS = 15 * 60_000
const PACE_JITTER = 0.1

/**
 * Milliseconds until the next try after so many failures in a row: full jitter under a bound that doubles from 1 s to 15 min. It never
 * tells to give up. A `Retry-After` is the least.
 */
export function backoffMs(failures: number, retryAfterSeconds: number | null = null, random = Math.random): number {
  const bound = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(Math.max(failures - 1, 0), 20))
  const drawn = random() * bound
  if (retryAfterSeconds === null) return drawn
  const asked = Math.min(retryAfterSeconds * 1000, BACKOFF_MAX_MS)
  return asked + random() * Math.min(bound, asked * PACE_JITTER)
}

/** Milliseconds until the next beat: the server's pace, up to 10 % sooner or later, so that a fleet does not beat as one. */
export function beatMs(nextHeartbeatSeconds: number, random = Math.random): number {
  return nextHeartbeatSeconds * 1000 * (1 - PACE_JITTER + random() * 2 * PACE_JITTER)
}
