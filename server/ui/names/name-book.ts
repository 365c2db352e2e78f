import type { HostMessage, NamesRefusal } from '#contract/webview-protocol.ts'
import type { Host } from '../bridge/host.ts'
import { Observable } from '../parts/observable.ts'

type RealName = Extract<HostMessage, { type: 'names' }>['names'][string]

/** Parts come fast, and each that is shown sorts and draws long lists anew. */
const GATHER_MS = 200

/** How far the names under one salt have come. */
export type NamesProgress = { phase: 'asked' } | { phase: 'known' } | { phase: 'refused'; refusal: NamesRefusal }

/** What is known at one moment. A new object for each change, so that React sees it. */
export type NamesSnapshot = {
  progress: ReadonlyMap<string, NamesProgress>
  /** Salts of what is on the screen. */
  shown: ReadonlySet<string>
}

/**
 * Real names by pseudonym, as the extension host gives them. They live here and on the screen: nothing that is sent to the
 * server is made from them.
 */
export class NameBook {
  readonly snapshot = new Observable<NamesSnapshot>({ progress: new Map(), shown: new Set() })
  readonly #host: Host
  readonly #names = new Map<string, Map<string, RealName>>()
  readonly #askedFor = new Map<string, string>()
  readonly #uses = new Map<string, number>()
  /** By salt: parts that are here and not shown yet. */
  readonly #gathering = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(host: Host) {
    this.#host = host
    host.listen((message) => this.#hear(message))
  }

  /**
   * Asks for the names under a salt, once for each collection: an object that came later has no name yet. `collectedAt` tells
   * one collection from another. Gives back how to say that it is shown no longer.
   */
  want(saltId: string, collectedAt: string): () => void {
    this.#use(saltId, 1)
    const last = this.#askedFor.get(saltId)
    if (last === undefined || last < collectedAt) {
      this.#askedFor.set(saltId, collectedAt)
      this.#ask(saltId)
    }
    return () => this.#use(saltId, -1)
  }

  /** Asks again where names were refused. */
  askAgain(): void {
    for (const [saltId, { phase }] of this.snapshot.get().progress) if (phase === 'refused') this.#ask(saltId)
  }

  nameOf(saltId: string, pseudonym: string): string | undefined {
    return this.#names.get(saltId)?.get(pseudonym)?.name
  }

  #use(saltId: string, change: 1 | -1): void {
    this.#uses.set(saltId, (this.#uses.get(saltId) ?? 0) + change)
    const shown = new Set([...this.#uses].filter(([, count]) => count > 0).map(([salt]) => salt))
    this.snapshot.set({ ...this.snapshot.get(), shown })
  }

  #ask(saltId: string): void {
    if (!this.#names.has(saltId)) this.#names.set(saltId, new Map())
    this.#note(saltId, { phase: 'asked' })
    this.#host.post({ type: 'names-wanted', saltId })
  }

  #hear(message: HostMessage): void {
    if (message.type === 'names') this.#take(message)
    if (message.type === 'names-refused' && this.#names.has(message.saltId)) {
      this.#note(message.saltId, { phase: 'refused', refusal: message.refusal })
    }
  }

  #take({ saltId, names, done }: Extract<HostMessage, { type: 'names' }>): void {
    const known = this.#names.get(saltId)
    // Nobody asked for this salt.
    if (!known) return
    for (const [pseudonym, name] of Object.entries(names)) known.set(pseudonym, name)
    if (done) {
      this.#note(saltId, { phase: 'known' })
      return
    }
    clearTimeout(this.#gathering.get(saltId))
    this.#gathering.set(
      saltId,
      setTimeout(() => this.#note(saltId, { phase: 'asked' }), GATHER_MS),
    )
  }

  /** Shows what is gathered with it, so that no part that came before can take it back later. */
  #note(saltId: string, progress: NamesProgress): void {
    clearTimeout(this.#gathering.get(saltId))
    this.#gathering.delete(saltId)
    const snapshot = this.snapshot.get()
    this.snapshot.set({ ...snapshot, progress: new Map(snapshot.progress).set(saltId, progress) })
  }
}
