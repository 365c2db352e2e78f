import { ServiceError } from '#server/core/errors.ts'

/** How many streams each of those who listen has open, so that nobody takes the places of all. */
export class StreamPlaces {
  readonly #most: number
  readonly #open = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /** Counts one more stream of somebody, and gives back what ends that. Throws TOO_MANY_REQUESTS. */
  take(who: string): () => void {
    const open = this.#open.get(who) ?? 0
    if (open >= this.#most) {
      const options = { retryAfterSeconds: 5 }
      throw new ServiceError('TOO_MANY_REQUESTS', 'This page listens already. Close what you do not need.', options)
    }
    this.#open.set(who, open + 1)
    return () => {
      const left = (this.#open.get(who) ?? 1) - 1
      if (left > 0) this.#open.set(who, left)
      else this.#open.delete(who)
    }
  }
}
