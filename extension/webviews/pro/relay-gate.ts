import { pageMessageSchema } from '#contract/webview-protocol.ts'
import type { PageMessage } from '#contract/webview-protocol.ts'
import { parseMessage } from '../frame/message.ts'
import { toOuterSchema } from './protocol.ts'
import type { ToOuter } from './protocol.ts'

/** What a window hears. `origin` and `source` are set by the browser; `data` by whoever sent it. */
export interface Heard {
  origin: string
  source: unknown
  data: unknown
}

export interface RelayEnds {
  /** Origin of the server, as in the settings. */
  serverOrigin: string
  /** The window of the nested frame at this moment; null while there is none. */
  frame: () => unknown
  /** Origin of the document around it, by which the extension host speaks. */
  ownOrigin: string
}

export type Admitted = { from: 'page'; message: PageMessage } | { from: 'host'; message: ToOuter }

/**
 * Decides whose word counts: the server's page speaks from its frame and its origin, the host from the document's own origin, each in
 * its own form. The frame may be led elsewhere, and any window may send anything: all that is ignored in silence.
 */
export function admit({ origin, source, data }: Heard, ends: RelayEnds): Admitted | null {
  if (source !== null && source === ends.frame()) {
    if (origin !== ends.serverOrigin) return null
    const message = parseMessage(pageMessageSchema, data)
    return message && { from: 'page', message }
  }
  if (origin !== ends.ownOrigin) return null
  const message = parseMessage(toOuterSchema, data)
  return message && { from: 'host', message }
}
