import type { ClusterReference } from '#contract/cluster-report.ts'
import type { WebviewTokenResponse } from '#contract/extension-api.ts'
import type { HostMessage } from '#contract/webview-protocol.ts'
import type { Challenge } from '../bridge/challenge.ts'
import type { Host } from '../bridge/host.ts'
import { RequestFailed } from '../data/request-failed.ts'
import { Observable } from '../parts/observable.ts'

export type SessionState =
  | { phase: 'connecting' }
  | { phase: 'open' }
  /** The host does not answer. */
  | { phase: 'silent' }
  | { phase: 'failed'; message: string; action: 'sign-in' | 'retry' | 'none'; requestId?: string | undefined }

type Failure = Omit<Extract<SessionState, { phase: 'failed' }>, 'phase'>
type Token = { text: string; receivedAtMs: number; endsAtMs: number }
type Waiter = { resolve: (token: string) => void; reject: (error: Error) => void }

export type SessionParts = {
  host: Host
  reference: ClusterReference
  createChallenge: () => Promise<Challenge>
  redeem: (code: string, verifier: string) => Promise<WebviewTokenResponse>
}

/** The host’s own request may take 10 s, and 21 s in all when it has to renew its token first. */
export const HOST_PATIENCE_MS = 35_000
const RENEW_BEFORE_MS = 60_000
/** A token that is refused so soon will be refused again. */
const REFUSED_AT_ONCE_MS = 10_000
const RETRY_AFTER_MS = [1_000, 3_000, 8_000]
/** Between tries while a token still serves. */
const ASK_LATER_MS = 10_000
/** Between tries while there is none; spread by chance, so that a server that comes back is not met by all pages at once. */
const BEGIN_AGAIN_MS = { least: 24_000, spread: 12_000 }

const ENDED = new Error('This page has no access to the server right now.')

/**
 * This page's right to ask the server. It asks the host for a code whenever it needs a token, and keeps the token in this
 * object alone: not in storage, not in the document, not in an address.
 */
export class Session {
  readonly state = new Observable<SessionState>({ phase: 'connecting' })
  readonly #parts: SessionParts
  #pending: Challenge | null = null
  /** Counts hellos, so that what belongs to an earlier one is dropped. */
  #hello = 0
  #token: Token | null = null
  #waiters: Waiter[] = []
  /** From a hello until its token is here, or is not to be had. */
  #asking = false
  /** Tries in a row that another try may mend. */
  #failedTries = 0
  #refusedAtOnce = 0
  #visible = true
  #patience: ReturnType<typeof setTimeout> | undefined
  #renewal: ReturnType<typeof setTimeout> | undefined

  constructor(parts: SessionParts) {
    this.#parts = parts
    parts.host.listen((message) => this.#hear(message))
  }

  /** Says hello: at the start, and when a person asks to try again. */
  start(): void {
    if (!this.#hasToken()) this.state.set({ phase: 'connecting' })
    this.#failedTries = 0
    this.#refusedAtOnce = 0
    void this.#sayHello()
  }

  /** A token that is valid now, as soon as there is one. */
  token(): Promise<string> {
    if (this.#token && this.#token.endsAtMs > Date.now()) return Promise.resolve(this.#token.text)
    const { phase } = this.state.get()
    if (phase === 'failed' || phase === 'silent') return Promise.reject(ENDED)
    if (!this.#asking) void this.#sayHello()
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }))
  }

  /** The server does not take this token any more. */
  refuse(token: string): void {
    const current = this.#token
    if (current?.text !== token) return
    this.#token = null
    const atOnce = Date.now() - current.receivedAtMs < REFUSED_AT_ONCE_MS
    this.#refusedAtOnce = atOnce ? this.#refusedAtOnce + 1 : 0
    if (this.#refusedAtOnce > 1) {
      this.#fail({ message: 'The server does not let this page in. Sign in again in the editor.', action: 'sign-in' })
    } else void this.#sayHello()
  }

  signIn(): void {
    this.#parts.host.post({ type: 'sign-in' })
    this.start()
  }

  async #sayHello(): Promise<void> {
    const hello = ++this.#hello
    this.#asking = true
    clearTimeout(this.#renewal)
    clearTimeout(this.#patience)
    try {
      const pending = await this.#parts.createChallenge()
      if (hello !== this.#hello) return
      this.#pending = pending
      this.#patience = setTimeout(() => this.#giveUp(), HOST_PATIENCE_MS)
      this.#parts.host.post({ type: 'hello', challenge: pending.challenge })
    } catch {
      const message =
        'The server’s address is not secure, so this page cannot sign in. Give kube9.serverUrl with https.'
      this.#fail({ message, action: 'none' })
    }
  }

  #hear(message: HostMessage): void {
    if (message.type === 'code') void this.#take(message)
    if (message.type === 'visibility') this.#see(message.visible)
    if (message.type === 'failed' && this.#pending !== null) {
      const { message: words, action } = message
      if (action !== 'retry') this.#fail({ message: words, action })
      else if (this.#hasToken()) this.#askLater()
      else this.#retry({ message: words })
    }
  }

  async #take({ code, challenge, teamId, clusterId }: Extract<HostMessage, { type: 'code' }>): Promise<void> {
    const pending = this.#pending
    const { reference, redeem } = this.#parts
    if (pending?.challenge !== challenge) return
    if (teamId !== reference.teamId || clusterId !== reference.clusterId) return
    this.#pending = null
    clearTimeout(this.#patience)
    clearTimeout(this.#renewal)
    const hello = this.#hello
    try {
      const answer = await redeem(code, pending.verifier)
      if (hello === this.#hello) this.#open(answer)
    } catch (error) {
      if (hello !== this.#hello) return
      const { message, requestId } = error instanceof RequestFailed ? error : RequestFailed.unreadable(error)
      this.#retry({ message, requestId })
    }
  }

  #open({ accessToken, expiresInSeconds, teamId, clusterId }: WebviewTokenResponse): void {
    const { reference } = this.#parts
    if (teamId !== reference.teamId || clusterId !== reference.clusterId) {
      this.#fail({ message: 'The server answered for another cluster. Open the cluster again.', action: 'retry' })
      return
    }
    this.#asking = false
    this.#failedTries = 0
    const lifeMs = expiresInSeconds * 1_000
    this.#token = { text: accessToken, receivedAtMs: Date.now(), endsAtMs: Date.now() + lifeMs }
    const untilRenewalMs = Math.max(lifeMs - RENEW_BEFORE_MS, lifeMs / 2)
    this.#renewal = setTimeout(() => this.#renew(), untilRenewalMs)
    this.state.set({ phase: 'open' })
    for (const { resolve } of this.#waiters.splice(0)) resolve(accessToken)
  }

  /** A hidden page asks for nothing; it does when it is seen again. */
  #renew(): void {
    if (this.#visible) void this.#sayHello()
  }

  #see(visible: boolean): void {
    const shown = visible && !this.#visible
    this.#visible = visible
    if (!shown || this.#asking) return
    const state = this.state.get()
    const mayBegin = state.phase === 'silent' || (state.phase === 'failed' && state.action === 'retry')
    const endsSoon = this.#token !== null && this.#token.endsAtMs - Date.now() < RENEW_BEFORE_MS
    if (mayBegin || endsSoon) void this.#sayHello()
  }

  /** Soon, some times in a row; then the page says why it has no access, and asks anew from time to time. */
  #retry(failure: Omit<Failure, 'action'>): void {
    this.#pending = null
    clearTimeout(this.#patience)
    clearTimeout(this.#renewal)
    const waitMs = RETRY_AFTER_MS[this.#failedTries++]
    if (waitMs !== undefined) {
      this.#renewal = setTimeout(() => void this.#sayHello(), waitMs)
      return
    }
    if (this.#hasToken()) {
      this.#askLater()
      return
    }
    this.#fail({ ...failure, action: 'retry' })
  }

  /** A code that comes after all still opens the page, as when a remote host was away for a while. */
  #giveUp(): void {
    if (this.#hasToken()) {
      this.#askLater()
      return
    }
    this.#asking = false
    this.#renewal = setTimeout(() => this.#renew(), beginAgainMs())
    this.state.set({ phase: 'silent' })
    this.#rejectAll()
  }

  /** What cannot be renewed now serves until it ends, and may be renewed by then. */
  #askLater(): void {
    this.#pending = null
    this.#asking = false
    clearTimeout(this.#patience)
    this.#renewal = setTimeout(() => this.#renew(), ASK_LATER_MS)
  }

  #fail(reason: Failure): void {
    this.#hello++
    this.#asking = false
    this.#pending = null
    this.#token = null
    clearTimeout(this.#patience)
    clearTimeout(this.#renewal)
    if (reason.action === 'retry') this.#renewal = setTimeout(() => this.#renew(), beginAgainMs())
    this.state.set({ phase: 'failed', ...reason })
    this.#rejectAll()
  }

  #hasToken(): boolean {
    return this.#token !== null && this.#token.endsAtMs > Date.now()
  }

  #rejectAll(): void {
    for (const { reject } of this.#waiters.splice(0)) reject(ENDED)
  }
}

function beginAgainMs(): number {
  return BEGIN_AGAIN_MS.least + Math.random() * BEGIN_AGAIN_MS.spread
}
