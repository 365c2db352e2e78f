import { setTimeout as delay } from 'node:timers/promises'

/** Does the work again and again until the signal. The work answers with the milliseconds to pause, and never rejects. */
export async function repeat(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    const pauseMs = await work()
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}
