import type { Collection } from '#contract/collections.ts'
import type { Counters } from '../health/counters.ts'
import { COUNTER_NAMES } from '../health/metrics.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import type { Log } from '../log.ts'
import type { Names } from '../names/names-keeper.ts'
import { originOf } from '../registration/session.ts'
import type { Session } from '../registration/session.ts'
import type { CollectingParty } from './collecting-party.ts'
import { CollectionLedger } from './collection-ledger.ts'
import type { CollectionStats, Outcome } from './collection-ledger.ts'
import { CollectionQueue } from './collection-queue.ts'
import { Collector } from './collector.ts'
import { Courier } from './courier.ts'
import { freshnessOf } from './freshness.ts'
import type { Freshness } from './freshness.ts'
import { makeCollection } from './make-collection.ts'
import type { CollectionType } from './make-collection.ts'

export interface CollectionsOptions {
  api: KubernetesApi
  party: CollectingParty
  names(): Promise<Names>
  /** Throws a `ServerFaultError`, and nothing else. */
  send(session: Session, collection: Collection): Promise<void>
  onChange(): void
  published: CollectionStats
  counters: Counters
  log: Log
}

/** Everything about collections: made in time, kept while they cannot be sent, delivered, counted. */
export class Collections {
  readonly #options: CollectionsOptions
  readonly #ledger: CollectionLedger
  readonly #queue: CollectionQueue
  readonly #collector: Collector
  readonly #courier: Courier
  #origin: string | null = null

  constructor(options: CollectionsOptions) {
    const { api, party, log } = options
    this.#options = options
    this.#ledger = new CollectionLedger(options.published)
    this.#queue = new CollectionQueue(({ type }) => this.#count(type, 'dropped'))
    this.#collector = new Collector({
      party,
      log,
      names: () => options.names(),
      make: (type, { clusterId }, { pseudonymizer }) => makeCollection(type, { api, pseudonymizer, clusterId }),
      onCollected: (collection, session) => {
        this.#queue.add(collection, originOf(session))
        this.#courier.changed()
      },
      onFailed: (type) => this.#count(type, 'failed'),
    })
    this.#courier = new Courier({
      party,
      log,
      queue: this.#queue,
      send: (session, text) => options.send(session, JSON.parse(text) as Collection),
      onDelivered: ({ type }) => this.#count(type, 'delivered'),
      onRejected: ({ type }) => this.#count(type, 'rejected'),
    })
  }

  get stats(): CollectionStats {
    return this.#ledger.stats
  }

  get waiting(): { count: number; bytes: number } {
    return { count: this.#queue.count, bytes: this.#queue.bytes }
  }

  /** The connection's standing, key or pace may have changed. */
  changed(): void {
    const origin = this.#options.party.origin()
    if (origin !== this.#origin) this.#ledger.forgetDeliveries()
    this.#origin = origin
    this.#collector.changed()
    this.#courier.changed()
  }

  freshness(now: Date): Freshness {
    const { startedAt, namesFault } = this.#collector
    const { oldestDelivery } = this.#ledger
    return freshnessOf({ session: this.#options.party.session(), startedAt, oldestDelivery, namesFault, now })
  }

  /** Ends with the signal at once: reading a large cluster to the end would cost the operator its last words. */
  async run(ended: AbortSignal): Promise<void> {
    const end = Promise.withResolvers<void>()
    ended.addEventListener('abort', () => end.resolve(), { once: true })
    await Promise.race([Promise.all([this.#collector.run(ended), this.#courier.run(ended)]), end.promise])
  }

  #count(type: CollectionType, outcome: Outcome): void {
    this.#ledger.count(type, outcome, new Date())
    this.#options.counters.count(COUNTER_NAMES.collections, { type, outcome })
    this.#options.onChange()
  }
}
