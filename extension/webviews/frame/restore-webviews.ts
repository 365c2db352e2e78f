import { window } from 'vscode'
import type { Disposable, WebviewPanel } from 'vscode'
import type { Services } from '../../services.ts'

type Restore = (services: Services, restored: { panel: WebviewPanel; state: unknown }) => void

/** By view type. Each is loaded when a tab of its kind comes back after a reload of the window. */
const restorers: Record<string, () => Promise<Restore>> = {
  'kube9.overview': async () => (await import('../overview/overview-webview.ts')).restoreOverview,
  'kube9.describe': async () => (await import('../describe/describe-webview.ts')).restoreDescribe,
  'kube9.pro': async () => (await import('../pro/pro-webview.ts')).restorePro,
  'kube9.logs': async () => (await import('../logs/logs-webview.ts')).restoreLogs,
}

/** The manifest names each view type in `activationEvents`, as `onWebviewPanel:<type>`. */
export function restoreWebviews(services: Services): Disposable[] {
  return Object.entries(restorers).map(([viewType, load]) =>
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel, state: unknown) {
        let isClosed = false
        panel.onDidDispose(() => (isClosed = true))
        const restore = await load()
        if (!isClosed) restore(services, { panel, state })
      },
    }),
  )
}
