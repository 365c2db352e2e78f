import { WEBVIEW_EVENTS_PATH } from '#contract/extension-api.ts'
import type { ClusterReference } from '#contract/cluster-report.ts'
import { Observable } from '../parts/observable.ts'
import { EventStreamParser } from './event-stream-parser.ts'
import type { StreamEvent } from './event-stream-parser.ts'

export type StreamState = 'connecting' | 'live' | 'away' | 'paused'

type StreamParts = {
  fetch: (input: string, init: RequestInit) => Promise<Response>
  reference: ClusterReference
  /** Called for each notice, and with `opened` when the stream opens: what changed before that was heard by nobody. */
  onEvent: (event: StreamEvent) => void
}

/** The server sends a comment every 15 s. */
const SILENCE_MS = 45_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
/** A stream that lived for this long was no failure: streams end with their token. */
const LIVED_MS = 10_000

/** Hears that something of a cluster may have changed, and comes back by itself, at waits that grow and are spread by chance. */
export class ChangeStream {
  readonly state = new Observable<StreamState>('paused')
  readonly #parts: StreamParts
  #current: AbortController | null = null

  constructor(parts: StreamParts) {
    this.#parts = parts
  }

  resume(): void {
    if (this.#current) return
    this.#current = new AbortController()
    void this.#keepReading(this.#current.signal)
  }

  pause(): void {
    this.#current?.abort()
    this.#current = null
    this.state.set('paused')
  }

  async #keepReading(paused: AbortSignal): Promise<void> {
    for (let failures = 0; !paused.aborted;) {
      this.#say(paused, failures === 0 ? 'connecting' : 'away')
      const openedAtMs = await this.#readOnce(paused)
      if (paused.aborted) return
      const lived = openedAtMs !== null && Date.now() - openedAtMs > LIVED_MS
      failures = lived ? 0 : failures + 1
      if (!lived) this.#say(paused, 'away')
      await wait(waitMs(failures), paused)
    }
  }

  /** When the stream opened, or null when it did not. Never throws. */
  async #readOnce(paused: AbortSignal): Promise<number | null> {
    const silence = new AbortController()
    const signal = AbortSignal.any([paused, silence.signal])
    let openedAtMs: number | null = null
    let watchdog = setTimeout(() => silence.abort(), SILENCE_MS)
    try {
      const { fetch, reference, onEvent } = this.#parts
      const query = new URLSearchParams(reference)
      const answer = await fetch(`${WEBVIEW_EVENTS_PATH}?${query}`, {
        headers: { accept: 'text/event-stream' },
        signal,
      })
      if (!answer.ok || answer.body === null) return null
      openedAtMs = Date.now()
      this.#say(paused, 'live')
      onEvent({ event: 'opened', data: '' })
      const parser = new EventStreamParser()
      for (const reader = answer.body.getReader(); ;) {
        const { done, value } = await reader.read()
        clearTimeout(watchdog)
        if (done) return openedAtMs
        watchdog = setTimeout(() => silence.abort(), SILENCE_MS)
        for (const event of parser.push(value)) onEvent(event)
      }
    } catch {
      return openedAtMs
    } finally {
      clearTimeout(watchdog)
    }
  }

  #say(paused: AbortSignal, state: StreamState): void {
    if (!paused.aborted) this.state.set(state)
  }
}

function waitMs(failures: number): number {
  return 200 + Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
}

function wait(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      ended.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    ended.addEventListener('abort', done)
  })
}
