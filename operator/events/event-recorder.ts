import { randomUUID } from 'node:crypto'
import type { StoredEvent } from '#contract/event-query.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { EventStore } from './event-store.ts'
import type { RetentionDays } from './event-store.ts'

export interface OwnEvent {
  type: 'operator' | 'cluster'
  severity: StoredEvent['severity']
  reason: string
  title: string
  description: string
}

/** Writes events to the store. A disk that is full or not writable costs events, never the operator. */
export class EventRecorder {
  readonly #store: EventStore | null
  readonly #log: Log
  #troubled = false

  constructor(directory: string, log: Log) {
    this.#log = log
    this.#store = this.#attempt(() => new EventStore(directory)) ?? null
  }

  /** Something that happened to the operator itself, now. */
  record({ type, severity, reason, title, description }: OwnEvent): void {
    const now = new Date().toISOString()
    const metadata = { reason, count: 1, first_timestamp: now, last_timestamp: now }
    const nowhere = { object_kind: null, object_namespace: null, object_name: null }
    this.save([
      { id: randomUUID(), event_type: type, severity, title, description, ...nowhere, metadata, created_at: now },
    ])
  }

  save(events: readonly StoredEvent[]): void {
    this.#attempt(() => this.#store?.save(events))
  }

  prune(days: RetentionDays): void {
    this.#attempt(() => this.#store?.prune(days, new Date()))
  }

  count(): number | null {
    return this.#attempt(() => this.#store?.count()) ?? null
  }

  close(): void {
    this.#attempt(() => this.#store?.close())
  }

  #attempt<T>(work: () => T): T | undefined {
    try {
      const result = work()
      this.#troubled = false
      return result
    } catch (error) {
      if (!this.#troubled) {
        this.#log.error('Events cannot be stored. Check the volume behind EVENTS_DIRECTORY.', {
          error: errorText(error),
        })
      }
      this.#troubled = true
      return undefined
    }
  }
}
