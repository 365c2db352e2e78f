import { setTimeout as delay } from 'node:timers/promises'

/** Longer than any of the ways through sign-up, reset or a refused sign-in take, so that time does not tell which it was. */
export const EQUAL_ANSWER_MS = 300

/** Runs `work`, and answers no earlier than after `durationMs`, whether it succeeds or fails. */
export async function takingAtLeast<T>(durationMs: number, work: () => Promise<T>): Promise<T> {
  const floor = delay(durationMs)
  try {
    return await work()
  } finally {
    await floor
  }
}
