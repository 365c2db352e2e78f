import { collectionTypes } from '#contract/collections.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import type { CollectionType } from './make-collection.ts'

export type CollectionStats = OperatorStatus['collectionStats']

/** How a collection ended: taken by the server, refused by it, dropped because too many waited, or never made. */
export type Outcome = 'delivered' | 'rejected' | 'dropped' | 'failed'

export const NO_STATS: CollectionStats = {
  totalSuccessCount: 0,
  totalFailureCount: 0,
  collectionsStoredCount: 0,
  lastSuccessTime: null,
}

/** Counts what became of collections, going on from what was published before a restart. A retry is no failure. */
export class CollectionLedger {
  #stats: CollectionStats
  readonly #delivered = new Map<CollectionType, Date>()

  constructor(published: CollectionStats = NO_STATS) {
    this.#stats = published
  }

  get stats(): CollectionStats {
    return this.#stats
  }

  /** When a collection of each type was last delivered in this run; null while one type has not been. */
  get oldestDelivery(): Date | null {
    const times = collectionTypes.map((type) => this.#delivered.get(type))
    if (times.some((time) => time === undefined)) return null
    return new Date(Math.min(...times.map((time) => Number(time))))
  }

  count(type: CollectionType, outcome: Outcome, now: Date): void {
    if (outcome !== 'delivered') {
      this.#stats = { ...this.#stats, totalFailureCount: this.#stats.totalFailureCount + 1 }
      return
    }
    this.#delivered.set(type, now)
    this.#stats = {
      ...this.#stats,
      totalSuccessCount: this.#stats.totalSuccessCount + 1,
      // Ids are unique, so what the server has taken it has stored, be it at an earlier try whose answer was lost.
      collectionsStoredCount: this.#stats.collectionsStoredCount + 1,
      lastSuccessTime: now.toISOString(),
    }
  }

  /** Begins anew with what counts as fresh, for another registration. */
  forgetDeliveries(): void {
    this.#delivered.clear()
  }
}
