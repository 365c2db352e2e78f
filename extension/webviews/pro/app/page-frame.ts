import type { HostMessage } from '#contract/webview-protocol.ts'

/** A page that has not said a word by then is not coming. */
const PATIENCE_MS = 15_000

export type FrameState = 'loading' | 'open' | 'silent'

/** The frame that holds the server's page: loads it, and notices when it does not come. */
export class PageFrame {
  readonly #frame: HTMLIFrameElement
  readonly #url: string
  readonly #show: (state: FrameState) => void
  #patience: ReturnType<typeof setTimeout> | undefined

  constructor(frame: HTMLIFrameElement, url: string, show: (state: FrameState) => void) {
    this.#frame = frame
    this.#url = url
    this.#show = show
  }

  get window(): Window | null {
    return this.#frame.contentWindow
  }

  load(): void {
    clearTimeout(this.#patience)
    this.#show('loading')
    this.#patience = setTimeout(() => this.#show('silent'), PATIENCE_MS)
    this.#frame.src = this.#url
  }

  /** The page said something, so it is there. */
  heard(): void {
    clearTimeout(this.#patience)
    this.#show('open')
  }

  /** Reaches nobody but the server's page, wherever the frame was led. */
  post(message: HostMessage): void {
    this.#frame.contentWindow?.postMessage(message, new URL(this.#url).origin)
  }

  focus(): void {
    // The element may count as focused while its page is not, and focusing it then does nothing.
    this.#frame.blur()
    this.#frame.focus()
  }
}
