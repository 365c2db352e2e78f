import type { Clock } from '#server/platform/clock.ts'

/** A clock that stands still until a test moves it. It begins at the real time, where partitions of samples exist. */
export class SettableClock implements Clock {
  #now = new Date()

  now(): Date {
    return new Date(this.#now)
  }

  set(now: Date): void {
    this.#now = new Date(now)
  }

  advance(time: { milliseconds?: number; seconds?: number; minutes?: number; hours?: number; days?: number }): void {
    const { milliseconds = 0, seconds = 0, minutes = 0, hours = 0, days = 0 } = time
    const allSeconds = seconds + 60 * (minutes + 60 * (hours + 24 * days))
    this.#now = new Date(this.#now.getTime() + milliseconds + 1000 * allSeconds)
  }
}
