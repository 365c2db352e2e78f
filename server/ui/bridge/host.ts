import { WEBVIEW_PROTOCOL_VERSION } from '#contract/webview-protocol.ts'
import type { HostMessage, PageMessage } from '#contract/webview-protocol.ts'
import { MessageGate } from './message-gate.ts'

type Unsent<Message> = Message extends PageMessage ? Omit<Message, 'v'> : never
type Listener = (message: HostMessage) => void

/** The extension host, reached through the frame around this page. */
export type Host = {
  post(message: Unsent<PageMessage>): void
  /** Returns the way to stop listening. */
  listen(listener: Listener): () => void
}

/** Null when no frame is around this page. */
export function findHost(page: Window): Host | null {
  const { parent } = page
  if (parent === page) return null
  const gate = new MessageGate(parent)
  const listeners = new Set<Listener>()
  page.addEventListener('message', (event) => {
    const message = gate.admit(event)
    if (message !== null) for (const listener of listeners) listener(message)
  })
  return {
    post: (message) => {
      // Before the host is known only a challenge goes out, which is no secret; the policy says who may frame this page.
      if (gate.origin === null && message.type !== 'hello') return
      parent.postMessage({ v: WEBVIEW_PROTOCOL_VERSION, ...message }, gate.origin ?? '*')
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
