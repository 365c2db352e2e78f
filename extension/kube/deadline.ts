import { explainSilence, explainTimeout } from './explain-failure.ts'
import { KubeError } from './kube-error.ts'
import type { KubeRequest } from './kube-api.ts'

const TIMEOUT_MS = 10_000

/** How long an answer may take, and what it means when none came. Begun anew for each attempt. */
export class Deadline {
  readonly signal: AbortSignal
  readonly #given: AbortSignal | undefined
  readonly #timeoutMs: number
  readonly #late = new AbortController()
  #timer: NodeJS.Timeout | undefined

  constructor({ signal, timeoutMs = TIMEOUT_MS }: KubeRequest) {
    this.#given = signal
    this.#timeoutMs = timeoutMs
    this.signal = signal ? AbortSignal.any([signal, this.#late.signal]) : this.#late.signal
  }

  begin(): void {
    this.end()
    this.#timer = setTimeout(() => this.#late.abort(), this.#timeoutMs)
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  explain(server: string, error: unknown): KubeError {
    if (error instanceof KubeError) return error
    if (this.#given?.aborted) return new KubeError('other', 'The request was given up.', { cause: error })
    return this.#late.signal.aborted ? explainTimeout(server, this.#timeoutMs) : explainSilence(server, error)
  }
}
