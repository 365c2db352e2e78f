import type { Collection } from '#contract/collections.ts'
import type { CollectionType } from './make-collection.ts'

const MAX_COUNT = 60
const MAX_BYTES = 4 * 1024 * 1024

/** A collection that waits, as text: what is sent later is the same to the byte, its id included. */
export interface Waiting {
  type: CollectionType
  text: string
  bytes: number
  /** Of which registration it is. */
  origin: string
}

/** What cannot be sent yet, in memory, bounded in count and bytes. The oldest makes room for the newest. */
export class CollectionQueue {
  readonly #limits: { maxCount: number; maxBytes: number }
  readonly #onDrop: (dropped: Waiting) => void
  #waiting: Waiting[] = []

  constructor(onDrop: (dropped: Waiting) => void, limits = { maxCount: MAX_COUNT, maxBytes: MAX_BYTES }) {
    this.#onDrop = onDrop
    this.#limits = limits
  }

  get count(): number {
    return this.#waiting.length
  }

  get bytes(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** The one that waits longest. */
  get first(): Waiting | undefined {
    return this.#waiting[0]
  }

  add(collection: Collection, origin: string): void {
    const text = JSON.stringify(collection)
    this.#waiting.push({ type: collection.type, text, bytes: Buffer.byteLength(text), origin })
    while (this.count > this.#limits.maxCount || this.bytes > this.#limits.maxBytes) this.#drop(this.#waiting[0])
  }

  /** Takes out what was delivered or refused. It may have been dropped meanwhile. */
  remove(done: Waiting): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== done)
  }

  /** Drops what was collected under another registration; null drops all. */
  keepOnly(origin: string | null): void {
    for (const waiting of this.#waiting.filter((each) => each.origin !== origin)) this.#drop(waiting)
  }

  #drop(waiting: Waiting | undefined): void {
    if (!waiting) return
    this.remove(waiting)
    this.#onDrop(waiting)
  }
}
