import { setTimeout as delay } from 'node:timers/promises'

const LONGEST_MS = 2 ** 31 - 1

/** Wakes whoever waits at it. Nobody there: the ring is lost, so look at the state before you wait. */
export class Doorbell {
  #waiting = new AbortController()

  ring(): void {
    this.#waiting.abort()
    this.#waiting = new AbortController()
  }

  /** Resolves at the next ring, after so many milliseconds, or with the signal. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#waiting.signal])
    await delay(Math.min(milliseconds, LONGEST_MS), undefined, { signal: either }).catch(() => undefined)
  }
}
