import type { QueryClient } from '@tanstack/react-query'
import type { Host } from '../bridge/host.ts'
import type { Session } from '../session/session.ts'
import type { ChangeStream } from './change-stream.ts'
import { heavyKey, lightKey, nodesQuery } from './queries.ts'
import type { Reports } from './reports.ts'

const GATHER_MS = 500
const POLL_MS = 15_000
/** Where the pace is short, and at a cluster's start, the types of one round arrive right after one another. */
const ROUND_MS = 60_000
/**
 * A notice does not say what came, and of collections only nodes are read at each. The other types come a third and two thirds
 * of the pace after them, which is 100 s and 200 s where nothing else is set.
 */
const HEAVY_AT_LEAST_EVERY_MS = 60_000

type Parts = {
  queries: QueryClient
  reports: Reports
  session: Pick<Session, 'state'>
  host: Pick<Host, 'listen'>
  stream: Pick<ChangeStream, 'state' | 'resume' | 'pause'>
}

/**
 * Reads the reports again when something changed. Every heartbeat gives a notice, so the large ones are read when nodes came,
 * and else once a minute at most. While the page is hidden nothing is read at all; while there is no stream it asks from time
 * to time.
 */
export class Freshness {
  readonly #parts: Parts
  #gathering: ReturnType<typeof setTimeout> | undefined
  #everything = false
  #heavyAtMs = Date.now()
  #roundEndsAtMs = 0
  #visible = true
  #wasOpen = false

  constructor(parts: Parts) {
    this.#parts = parts
    parts.host.listen((message) => {
      if (message.type === 'visibility') this.#see(message.visible)
    })
    parts.session.state.subscribe(() => this.#follow())
    setInterval(() => this.#poll(), POLL_MS)
    this.#follow()
  }

  /** A notice; or the stream is open again, and nobody knows what was missed meanwhile. */
  hear(event: string): void {
    this.#note(event === 'read-again' || (event === 'opened' && this.#wasOpen))
    this.#wasOpen = true
  }

  #note(everything: boolean): void {
    this.#everything ||= everything
    if (this.#gathering === undefined) this.#gathering = setTimeout(() => void this.#read(), GATHER_MS)
  }

  #see(visible: boolean): void {
    this.#visible = visible
    this.#follow()
    if (visible) this.#note(true)
  }

  #follow(): void {
    const { session, stream } = this.#parts
    if (this.#visible && session.state.get().phase === 'open') stream.resume()
    else stream.pause()
  }

  #poll(): void {
    if (this.#parts.stream.state.get() === 'away') this.#note(false)
  }

  async #read(): Promise<void> {
    const { queries } = this.#parts
    const everything = this.#everything
    this.#gathering = undefined
    this.#everything = false
    if (!this.#visible) return
    const before = this.#collectedAt()
    await queries.invalidateQueries({ queryKey: lightKey })
    const now = Date.now()
    if (this.#collectedAt() !== before) this.#roundEndsAtMs = now + ROUND_MS
    const due = everything || now < this.#roundEndsAtMs || now - this.#heavyAtMs >= HEAVY_AT_LEAST_EVERY_MS
    if (!due) return
    this.#heavyAtMs = now
    await queries.invalidateQueries({ queryKey: heavyKey })
  }

  #collectedAt(): string | undefined {
    return this.#parts.queries.getQueryData(nodesQuery(this.#parts.reports).queryKey)?.receivedAt
  }
}
