import { hostMessageSchema } from '#contract/webview-protocol.ts'
import type { HostMessage } from '#contract/webview-protocol.ts'

type Heard = { source: unknown; origin: string; data: unknown }

/**
 * Lets in what the host says and nothing else: messages of the parent window, from the origin that its first valid message
 * came from, in the form of the contract.
 */
export class MessageGate {
  #pinned: string | null = null
  readonly #parent: object

  constructor(parent: object) {
    this.#parent = parent
  }

  /** Where the host is; null before it was heard. */
  get origin(): string | null {
    return this.#pinned
  }

  /** The message, or null for what has to be ignored in silence. */
  admit({ source, origin, data }: Heard): HostMessage | null {
    if (source !== this.#parent) return null
    // Every sandboxed document shares the origin "null", so it names nobody.
    if (origin === 'null' || origin === '') return null
    if (this.#pinned !== null && origin !== this.#pinned) return null
    const message = hostMessageSchema.safeParse(data).data ?? null
    if (message !== null) this.#pinned = origin
    return message
  }
}
