import { SIGNING_KEY_KEEP_AFTER_HOURS, SIGNING_KEY_PUBLISH_AHEAD_HOURS } from '#contract/entitlement.ts'

/** When a key begins to sign. It signs until the next one does. */
export type ScheduledKey = { kid: string; signsFrom: Date }

export const HOUR_MS = 3_600_000
const SIGNING_PERIOD_HOURS = 30 * 24
// A client may have read the list of keys just before the new one came, and keeps it for an hour.
const CACHED_HOURS = 1

/** The key that signs at a moment: the last one whose time has come. */
export function signingKeyAt<Key extends ScheduledKey>(keys: readonly Key[], now: Date): Key | undefined {
  return inOrder(keys).findLast((key) => key.signsFrom <= now)
}

/** The keys whose public halves are published: the one that signs, those to come, and those whose tokens may still live. */
export function publishedKeysAt<Key extends ScheduledKey>(keys: readonly Key[], now: Date): Key[] {
  return inOrder(keys).filter((_, at, ordered) => {
    const successor = ordered[at + 1]
    return !successor || now.getTime() < successor.signsFrom.getTime() + SIGNING_KEY_KEEP_AFTER_HOURS * HOUR_MS
  })
}

/** When the key that has to be made now will sign; null when none has to be made. */
export function nextSigningTime(keys: readonly ScheduledKey[], now: Date): Date | null {
  const current = signingKeyAt(keys, now)
  if (!current) return now
  if (keys.some((key) => key.signsFrom > now)) return null
  const earliest = now.getTime() + (SIGNING_KEY_PUBLISH_AHEAD_HOURS + CACHED_HOURS) * HOUR_MS
  return new Date(Math.max(earliest, current.signsFrom.getTime() + SIGNING_PERIOD_HOURS * HOUR_MS))
}

function inOrder<Key extends ScheduledKey>(keys: readonly Key[]): Key[] {
  return keys.toSorted((one, other) => one.signsFrom.getTime() - other.signsFrom.getTime())
}
