/// <reference types="vscode-webview" />
import { z } from 'zod'
import { parseMessage } from '../message.ts'

// The policy of the page forbids `new Function`, which zod would try.
z.config({ jitless: true })

const vscode = acquireVsCodeApi()

export interface Host<ToPage, FromPage> {
  post(message: FromPage): void
  /** Gives back what ends the subscription. */
  listen(listener: (message: ToPage) => void): () => void
  /** Keeps what a reload of the window brings back: the target for the host, `view` for the page itself. */
  keep(state: { target: unknown; view?: unknown }): void
  /** The `view` that was kept, by its schema; null when there is none. */
  kept<T>(view: z.ZodType<T>): T | null
}

/** The page's side of its protocol. What is no message of the protocol is dropped. */
export function connectHost<ToPage, FromPage>(toPage: z.ZodType<ToPage>): Host<ToPage, FromPage> {
  return {
    post: (message) => vscode.postMessage(message),
    listen(listener) {
      const hear = (event: MessageEvent<unknown>) => {
        const message = parseMessage(toPage, event.data)
        if (message !== null) listener(message)
      }
      window.addEventListener('message', hear)
      return () => window.removeEventListener('message', hear)
    },
    keep: (state) => void vscode.setState(state),
    kept: (view) => parseMessage(z.object({ view }), vscode.getState())?.view ?? null,
  }
}
