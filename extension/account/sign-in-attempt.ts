import { timingSafeEqual } from 'node:crypto'
import { CONNECT_PATH, PASTE_REDIRECT } from '#contract/extension-api.ts'
import type { ConnectRequest } from '#contract/extension-api.ts'
import { createPkce, randomToken } from './pkce.ts'
import type { Grant } from './token-endpoint.ts'

const LIMIT_MS = 120_000
const CODE = /^[A-Za-z0-9_-]{43}$/

/** How an attempt ended without a code. */
export type AttemptEnd = 'cancelled' | 'expired' | 'denied'

export class AttemptEndedError extends Error {
  override readonly name = 'AttemptEndedError'
  readonly end: AttemptEnd

  constructor(end: AttemptEnd) {
    super(`The sign-in was ${end}.`)
    this.end = end
  }
}

/**
 * One attempt to sign in, which waits two minutes for its answer. It may offer several ways back (the editor's own address, a port of this machine, a code to paste), each with a
 * state of its own; the first valid answer wins, and all that comes later or with an unknown state is ignored in silence, since each
 * window hears every callback.
 */
export class SignInAttempt {
  readonly #pkce = createPkce()
  readonly #ways = new Map<string, string>()
  /** What the portal gave. Rejects with an `AttemptEndedError`. */
  readonly answer: Promise<Grant>
  #settle: { resolve: (grant: Grant) => void; reject: (error: AttemptEndedError) => void } | null = null
  readonly #limit = setTimeout(() => this.end('expired'), LIMIT_MS)

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    // Who waits for the answer comes later; until then a refusal is not unhandled.
    this.answer.catch(() => undefined)
  }

  get isOpen(): boolean {
    return this.#settle !== null
  }

  /** The address of the consent page that leads back to `redirectUri`. The secret half of the attempt is not in it. */
  connectUrl({ portalUrl, redirectUri, editor }: { portalUrl: string; redirectUri: string; editor: string }): string {
    const state = randomToken()
    this.#ways.set(state, redirectUri)
    const query = {
      redirect_uri: redirectUri,
      state,
      code_challenge: this.#pkce.challenge,
      code_challenge_method: 'S256',
      editor: editor.slice(0, 64),
    } satisfies ConnectRequest
    return `${portalUrl}${CONNECT_PATH}?${new URLSearchParams(query)}`
  }

  /** Hears the query of a callback. False: it was not for this attempt. */
  receive(query: URLSearchParams): boolean {
    const redirectUri = this.#wayOf(query.get('state') ?? '')
    if (redirectUri === undefined) return false
    if (query.has('error')) return this.end('denied')
    return this.#accept(query.get('code') ?? '', redirectUri)
  }

  /** Hears what a person pasted. False: it has not the form of a code. */
  paste(text: string): boolean {
    return this.#accept(text.trim(), PASTE_REDIRECT)
  }

  end(end: AttemptEnd): boolean {
    const settle = this.#finish()
    settle?.reject(new AttemptEndedError(end))
    return settle !== null
  }

  #accept(code: string, redirectUri: string): boolean {
    if (!CODE.test(code)) return false
    const settle = this.#finish()
    settle?.resolve({ code, codeVerifier: this.#pkce.verifier, redirectUri })
    return settle !== null
  }

  /** Closes the attempt. Null: it was closed already. */
  #finish() {
    clearTimeout(this.#limit)
    const settle = this.#settle
    this.#settle = null
    return settle
  }

  /** Compares with each state in full, so that time says nothing of a state that almost fits. */
  #wayOf(state: string): string | undefined {
    let found: string | undefined
    for (const [known, redirectUri] of this.#ways) if (equal(known, state)) found = redirectUri
    return found
  }
}

function equal(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
