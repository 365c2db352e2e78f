import type { Disposable } from '../../change.ts'

/** What the code behind a webview sees of it. Without `vscode`, so that Node can test its users. */
export interface Page<ToPage, FromPage> {
  readonly visible: boolean
  /** Aborted when the person closes the tab. */
  readonly closed: AbortSignal
  /** Dropped while the page is hidden: it says ready when it is drawn again. */
  post(message: ToPage): void
  onMessage(listener: (message: FromPage) => void): Disposable
  onVisibility(listener: (visible: boolean) => void): Disposable
}
