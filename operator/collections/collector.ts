import { collectionTypes } from '#contract/collections.ts'
import type { Collection } from '#contract/collections.ts'
import { Doorbell } from '../doorbell.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { namesFault } from '../names/names-keeper.ts'
import type { Names } from '../names/names-keeper.ts'
import { backoffMs } from '../registration/pace.ts'
import { originOf } from '../registration/session.ts'
import type { Session } from '../registration/session.ts'
import type { CollectingParty } from './collecting-party.ts'
import type { CollectionType } from './make-collection.ts'
import { firstDelayMs, nextTurn, phaseOf } from './schedule.ts'

/** At most a tenth of the time is spent reading, however large the cluster and fast the pace. */
const SHARE_OF_TIME = 10

export interface CollectorOptions {
  party: CollectingParty
  names(): Promise<Names>
  make(type: CollectionType, session: Session, names: Extract<Names, { kind: 'ready' }>): Promise<Collection>
  onCollected(collection: Collection, session: Session): void
  /** A type that could be made before, or was never tried, could not be made. */
  onFailed(type: CollectionType): void
  log: Log
}

/** What holds for one registration, and begins anew with the next. */
interface Plan {
  origin: string
  startedAt: number
  /** Of each type: its place in the wait before the first collection. */
  draws: Map<CollectionType, number>
  last: Map<CollectionType, number>
  notBefore: number
  failures: number
  failing: Set<CollectionType>
}

/** Makes each collection when it is its turn, one at a time, and none without a registration that holds. */
export class Collector {
  readonly #options: CollectorOptions
  readonly #bell = new Doorbell()
  #plan: Plan | null = null
  /** Why collections cannot be made for want of a salt; null when they can. */
  namesFault: string | null = null

  constructor(options: CollectorOptions) {
    this.#options = options
  }

  /** When collecting began under the registration that holds; null when none was collected for. */
  get startedAt(): number | null {
    return this.#plan?.startedAt ?? null
  }

  /** The registration, the pace or the key may have changed. */
  changed(): void {
    this.#bell.ring()
  }

  async run(ended: AbortSignal): Promise<void> {
    while (!ended.aborted) {
      const session = this.#options.party.session()
      const due = session?.configuration.metricsEnabled ? this.#nextDue(session) : null
      const pauseMs = due === null ? Infinity : due.at - Date.now()
      if (session && due && pauseMs <= 0) await this.#collect(due.type, session)
      else await this.#bell.wait(pauseMs, ended)
    }
  }

  #nextDue(session: Session): { type: CollectionType; at: number } {
    const plan = this.#planFor(session)
    const intervalMs = session.configuration.metricsIntervalSeconds * 1000
    const phase = phaseOf(session.clusterId)
    const turns = collectionTypes.map((type, index) => {
      const last = plan.last.get(type)
      const turn = { phase, offset: index / collectionTypes.length, intervalMs }
      const first = plan.startedAt + firstDelayMs(intervalMs, () => plan.draws.get(type) ?? 0)
      return { type, at: Math.max(plan.notBefore, last === undefined ? first : nextTurn(turn, last)) }
    })
    return turns.reduce((soonest, turn) => (turn.at < soonest.at ? turn : soonest))
  }

  #planFor(session: Session): Plan {
    const origin = originOf(session)
    if (this.#plan?.origin === origin) return this.#plan
    this.#plan = {
      origin,
      startedAt: Date.now(),
      draws: new Map(collectionTypes.map((type) => [type, Math.random()])),
      last: new Map(),
      notBefore: 0,
      failures: 0,
      failing: new Set(),
    }
    return this.#plan
  }

  async #collect(type: CollectionType, session: Session): Promise<void> {
    const plan = this.#planFor(session)
    const startedAt = Date.now()
    try {
      const names = await this.#options.names()
      this.namesFault = namesFault(names)
      if (names.kind !== 'ready') return this.#onFailure(type, plan)
      const collection = await this.#options.make(type, session, names)
      plan.last.set(type, startedAt)
      plan.notBefore = Date.now() + (Date.now() - startedAt) * SHARE_OF_TIME
      plan.failures = 0
      plan.failing.delete(type)
      // The key may have gone in between: then this is nobody's.
      if (!session.signal.aborted && this.#options.party.origin() === plan.origin) {
        this.#options.onCollected(collection, session)
      }
    } catch (error) {
      if (!plan.failing.has(type))
        this.#options.log.warn(`The ${type} cannot be collected.`, { error: errorText(error) })
      this.#onFailure(type, plan)
    }
  }

  /** Tries again soon, while other types wait, too: what hinders one mostly hinders all. */
  #onFailure(type: CollectionType, plan: Plan): void {
    plan.failures += 1
    plan.notBefore = Date.now() + 1_000 + backoffMs(plan.failures)
    const isNews = !plan.failing.has(type)
    plan.failing.add(type)
    if (isNews) this.#options.onFailed(type)
  }
}
