/** So long a key may take until it moves the focus; what moves it later was something else. */
const LEAVES_WITHIN_MS = 2_000
const COMES_BACK_WITHIN_MS = 10 * 60_000

/**
 * Gives the focus back to the frame once, when a key that was handed to the editor has taken it away and it comes back. At any other time
 * the focus is left where it is, or Tab and the palette would lose it.
 */
export class FocusReturn {
  readonly #give: () => void
  #begunAt = 0
  #state: 'idle' | 'given' | 'away' = 'idle'

  constructor(give: () => void) {
    this.#give = give
  }

  /** A key was handed over. */
  begin(now: number): void {
    this.#state = 'given'
    this.#begunAt = now
  }

  /** Looks whether the webview has the focus. False: there is nothing more to look for. */
  look(now: number, hasFocus: boolean): boolean {
    if (this.#state === 'given' && !hasFocus) this.#state = 'away'
    else if (this.#state === 'away' && hasFocus) {
      this.#state = 'idle'
      this.#give()
    } else if (now - this.#begunAt > (this.#state === 'given' ? LEAVES_WITHIN_MS : COMES_BACK_WITHIN_MS)) {
      this.#state = 'idle'
    }
    return this.#state !== 'idle'
  }
}
