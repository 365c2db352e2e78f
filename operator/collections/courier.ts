import { Doorbell } from '../doorbell.ts'
import type { Log } from '../log.ts'
import { backoffMs } from '../registration/pace.ts'
import { ServerFaultError } from '../registration/server-fault.ts'
import type { ServerFault } from '../registration/server-fault.ts'
import type { Session } from '../registration/session.ts'
import type { CollectingParty } from './collecting-party.ts'
import type { CollectionQueue, Waiting } from './collection-queue.ts'

export interface CourierOptions {
  party: CollectingParty
  queue: CollectionQueue
  /** Throws a `ServerFaultError`, and nothing else. */
  send(session: Session, text: string): Promise<void>
  onDelivered(waiting: Waiting): void
  /** The server will never take this one. */
  onRejected(waiting: Waiting): void
  log: Log
}

/** Sends what waits, the oldest first, until it is delivered. While heartbeats find the server away it does not try. */
export class Courier {
  readonly #options: CourierOptions
  readonly #bell = new Doorbell()
  #failures = 0
  #notBefore = 0

  constructor(options: CourierOptions) {
    this.#options = options
  }

  /** There is something new to send, or the server is back. */
  changed(): void {
    this.#bell.ring()
  }

  async run(ended: AbortSignal): Promise<void> {
    const { party, queue } = this.#options
    while (!ended.aborted) {
      queue.keepOnly(party.origin())
      const [session, first] = [party.session(), queue.first]
      const mayTry = session !== null && !session.isAway && first !== undefined
      const pauseMs = mayTry ? this.#notBefore - Date.now() : Infinity
      if (mayTry && pauseMs <= 0) await this.#deliver(first, session, ended)
      else await this.#bell.wait(pauseMs, ended)
    }
  }

  async #deliver(first: Waiting, session: Session, ended: AbortSignal): Promise<void> {
    const { queue } = this.#options
    const signal = AbortSignal.any([session.signal, ended])
    try {
      await this.#options.send({ ...session, signal }, first.text)
      queue.remove(first)
      this.#failures = 0
      this.#options.onDelivered(first)
    } catch (error) {
      // The key changed, or the operator ends: nobody waits for this answer.
      if (signal.aborted) return
      if (!(error instanceof ServerFaultError)) throw error
      this.#onFault(first, error.fault)
    }
  }

  #onFault(first: Waiting, fault: ServerFault): void {
    const { queue, log } = this.#options
    if (fault.kind === 'away' && fault.isFinal) {
      log.warn(`The server does not take a ${first.type}, so it is given up.`, { error: fault.detail })
      queue.remove(first)
      this.#options.onRejected(first)
      return
    }
    this.#failures += 1
    this.#notBefore = Date.now() + backoffMs(this.#failures, fault.kind === 'away' ? fault.retryAfterSeconds : null)
    if (fault.kind === 'away' && this.#failures === 1) {
      log.warn('A collection could not be delivered. It waits, and is tried again.', { error: fault.detail })
    }
  }
}
