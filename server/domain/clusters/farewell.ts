/** The operator outlives the hook that says goodbye by some seconds. What it sends then changes nothing. */
const FAREWELL_MS = 120_000

/** Whether a goodbye is so fresh that its operator may still be ending. */
export function isWithinFarewell(deregisteredAt: Date, now: Date): boolean {
  return now.getTime() - deregisteredAt.getTime() < FAREWELL_MS
}
