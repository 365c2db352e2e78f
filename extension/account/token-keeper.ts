import { setTimeout as delay } from 'node:timers/promises'
import type { TokenResponse } from '#contract/extension-api.ts'
import { SignedOutError } from './account.ts'
import { ServerError } from './server-error.ts'
import type { Session, SessionStore } from './session-store.ts'
import type { TokenEndpoint } from './token-endpoint.ts'

/** An access token is changed this long before its end, and up to as much earlier by chance, so that windows do not come at once. */
const AHEAD_MS = 60_000
const SECOND_TRY_MS = 1_000
/** Another window may have been quicker again and again; more than this is no race. */
const MAX_ATTEMPTS = 3

type Access = { token: string; family: string; changeAt: number }

export interface TokenKeeperParts {
  store: SessionStore
  endpoint: TokenEndpoint
  /** The server ended the sign-in, or another window did. */
  onEnded: () => void
  now: () => number
}

/** Gives the access token, which lives in memory alone, and changes it in time. One refresh runs at once, across windows too. */
export class TokenKeeper {
  readonly #parts: TokenKeeperParts
  #access: Access | null = null
  #refreshing: Promise<string> | null = null

  constructor(parts: TokenKeeperParts) {
    this.#parts = parts
  }

  /** The token that is at hand, without any request; null when there is none. */
  get tokenAtHand(): string | null {
    return this.#access?.token ?? null
  }

  /** Throws a `SignedOutError`, or a `ServerError` when the server is away: that never signs out. */
  async accessToken(): Promise<string> {
    const session = await this.#parts.store.read()
    if (session === null) throw this.#signedOut()
    const access = this.#access
    if (access?.family === session.family && this.#now() < access.changeAt) return access.token
    return this.#refresh()
  }

  /** A token in place of one that the server refused, or the one that has come meanwhile. */
  async tokenAfter(refused: string): Promise<string> {
    if (this.#access?.token === refused) this.#access = null
    return this.accessToken()
  }

  /** Takes what a sign-in or a refresh gave. */
  adopt(family: string, { accessToken, expiresInSeconds }: TokenResponse): void {
    const ahead = AHEAD_MS * (1 + Math.random())
    // However short a token lives, half of its life it is used.
    const usableMs = Math.max(expiresInSeconds * 1000 - ahead, expiresInSeconds * 500)
    this.#access = { token: accessToken, family, changeAt: this.#now() + usableMs }
  }

  forget(): void {
    this.#access = null
  }

  #refresh(): Promise<string> {
    this.#refreshing ??= this.#parts.store
      .exclusively(() => this.#exchange())
      .finally(() => {
        this.#refreshing = null
      })
    return this.#refreshing
  }

  async #exchange(): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const session = await this.#parts.store.read()
      if (session === null) throw this.#signedOut()
      try {
        const tokens = await this.#askTwice(session.refreshToken)
        this.adopt(session.family, tokens)
        await this.#parts.store.rotate(session, tokens.refreshToken)
        return tokens.accessToken
      } catch (error) {
        if (!endsSignIn(error)) throw error
        if (attempt < MAX_ATTEMPTS && (await this.#wasChanged(session))) continue
        await this.#parts.store.end(session.family)
        throw this.#signedOut(error)
      }
    }
  }

  /** An answer may be lost after the server changed the token. Asked again at once, it gives the same successor. */
  async #askTwice(refreshToken: string): Promise<TokenResponse> {
    try {
      return await this.#parts.endpoint.refresh(refreshToken)
    } catch (error) {
      if (!(error instanceof ServerError) || error.fault !== 'away' || error.code !== null) throw error
      await delay(SECOND_TRY_MS * Math.random())
      return this.#parts.endpoint.refresh(refreshToken)
    }
  }

  async #wasChanged(session: Session): Promise<boolean> {
    const latest = await this.#parts.store.read()
    return latest !== null && latest.refreshToken !== session.refreshToken
  }

  #signedOut(cause?: unknown): SignedOutError {
    this.forget()
    this.#parts.onEnded()
    return new SignedOutError('Nobody is signed in to kube9.', { cause })
  }

  #now(): number {
    return this.#parts.now()
  }
}

/** Only the server's own word ends a sign-in: a proxy that answers 401 does not. */
function endsSignIn(error: unknown): boolean {
  return error instanceof ServerError && error.fault === 'refused' && error.code === 'UNAUTHENTICATED'
}
