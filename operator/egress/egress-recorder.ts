import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { exchange } from '../registration/exchange.ts'
import type { Answer, Exchange, Send } from '../registration/exchange.ts'
import { EgressStore } from './egress-store.ts'

/** Sends requests and keeps what they said. A disk that is full or not writable costs the record, never the operator. */
export class EgressRecorder {
  readonly #store: EgressStore | null
  readonly #log: Log
  #troubled = false

  constructor(directory: string, log: Log) {
    this.#log = log
    this.#store = this.#attempt(() => new EgressStore(directory)) ?? null
  }

  /** Kept before it leaves, so that what was under way when the operator was killed stands there, too. */
  readonly send: Send = async (url, request) => {
    const id = this.#begin(url, request)
    try {
      const answer = await exchange(url, request)
      this.#finish(id, answer, null)
      return answer
    } catch (error) {
      this.#finish(id, null, error)
      throw error
    }
  }

  close(): void {
    this.#attempt(() => this.#store?.close())
  }

  #begin({ origin, pathname, search }: URL, { method, body = '' }: Exchange): number | undefined {
    const sent = { sentAt: new Date(), server: origin, method, path: `${pathname}${search}`, body }
    return this.#attempt(() => this.#store?.add(sent))
  }

  #finish(id: number | undefined, answer: Answer | null, error: unknown): void {
    if (id === undefined) return
    const outcome = { status: answer?.status ?? null, fault: answer === null ? errorText(error) : null }
    this.#attempt(() => this.#store?.finish(id, outcome))
  }

  #attempt<T>(work: () => T): T | undefined {
    try {
      const result = work()
      this.#troubled = false
      return result
    } catch (error) {
      if (!this.#troubled) {
        this.#log.error('What leaves the cluster cannot be recorded. Check the volume behind EVENTS_DIRECTORY.', {
          error: errorText(error),
        })
      }
      this.#troubled = true
      return undefined
    }
  }
}
