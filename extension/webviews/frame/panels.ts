import { randomBytes } from 'node:crypto'
import { env, extensions, Uri, ViewColumn, window } from 'vscode'
import type { WebviewPanel } from 'vscode'
import { z } from 'zod'
import { EXTENSION_ID } from '#contract/extension-api.ts'
import { Change } from '../../change.ts'
import type { ClusterRegistry } from '../../cluster/cluster.ts'
import type { Services } from '../../services.ts'
import { glyphIcon } from '../../views/glyph-icon.ts'
import { ClusterWatch } from './cluster-watch.ts'
import { parseMessage } from './message.ts'
import { pageHtml } from './page-html.ts'
import type { Page } from './page.ts'
import type { WebviewKind } from './webview-kind.ts'

/** What a page keeps by `setState`: the target comes back with it after a reload of the window. */
const keptStateSchema = z.object({ target: z.unknown() })

const openPanels = new Map<string, WebviewPanel>()

/** Shows the target in a tab: its own one when it is open already. */
export function openPanel<Target, ToPage, FromPage>(
  services: Services,
  kind: WebviewKind<Target, ToPage, FromPage>,
  target: Target,
): void {
  const open = openPanels.get(keyOf(kind.viewType, target))
  if (open) {
    open.reveal()
    return
  }
  const options = { retainContextWhenHidden: kind.retained ?? false }
  const panel = window.createWebviewPanel(kind.viewType, kind.titleOf(target), ViewColumn.Active, options)
  fillPanel(services, kind, target, panel)
}

/** Fills a tab that a reload of the window brought back, with what its page had kept. */
export function restorePanel<Target, ToPage, FromPage>(
  services: Services,
  kind: WebviewKind<Target, ToPage, FromPage>,
  { panel, state }: { panel: WebviewPanel; state: unknown },
): void {
  const target = kind.target.safeParse(keptStateSchema.safeParse(state).data?.target)
  if (target.success) fillPanel(services, kind, target.data, panel)
  else panel.dispose()
}

function fillPanel<Target, ToPage, FromPage>(
  services: Services,
  kind: WebviewKind<Target, ToPage, FromPage>,
  target: Target,
  panel: WebviewPanel,
): void {
  const key = keyOf(kind.viewType, target)
  openPanels.set(key, panel)
  panel.onDidDispose(() => {
    if (openPanels.get(key) === panel) openPanels.delete(key)
  })
  const { webview } = panel
  const files = Uri.joinPath(extensionUri(), 'dist', 'webviews')
  // A restored panel comes without its options.
  webview.options = { enableScripts: true, localResourceRoots: [files] }
  showGlyph(panel, services.clusters, kind.contextOf(target))
  kind.run(services, target, pageOf(panel, kind.fromPage))
  const parts = {
    title: kind.titleOf(target),
    language: env.language,
    nonce: randomBytes(16).toString('base64url'),
    cspSource: webview.cspSource,
    scriptUri: webview.asWebviewUri(Uri.joinPath(files, `${kind.name}.js`)).toString(),
    styleUri: webview.asWebviewUri(Uri.joinPath(files, `${kind.name}.css`)).toString(),
  }
  webview.html = kind.htmlOf?.(services, target, parts) ?? pageHtml(parts)
}

/** The cluster's glyph on the tab, as in the tree. */
function showGlyph(panel: WebviewPanel, clusters: ClusterRegistry, context: string): void {
  const closing = new AbortController()
  panel.onDidDispose(() => closing.abort())
  const watch = new ClusterWatch(clusters, { context, onChange: () => draw(), signal: closing.signal })
  const draw = () => {
    panel.iconPath = glyphIcon(watch.cluster?.clusterId ?? null, watch.cluster?.standing.mode ?? 'unseen')
  }
  draw()
}

function extensionUri(): Uri {
  const extension = extensions.getExtension(EXTENSION_ID)
  if (!extension) throw new Error(`The editor does not know the extension ${EXTENSION_ID}.`)
  return extension.extensionUri
}

function keyOf(viewType: string, target: unknown): string {
  return `${viewType} ${JSON.stringify(target)}`
}

function pageOf<ToPage, FromPage>(panel: WebviewPanel, fromPage: z.ZodType<FromPage>): Page<ToPage, FromPage> {
  const closing = new AbortController()
  const visibility = new Change()
  panel.onDidDispose(() => closing.abort())
  panel.onDidChangeViewState(() => visibility.fire())
  return {
    closed: closing.signal,
    get visible() {
      return !closing.signal.aborted && panel.visible
    },
    post(message) {
      if (!closing.signal.aborted) void panel.webview.postMessage(message)
    },
    onMessage: (listener) =>
      panel.webview.onDidReceiveMessage((data: unknown) => {
        const message = parseMessage(fromPage, data)
        if (message !== null) listener(message)
      }),
    onVisibility: (listener) => visibility.listen(() => listener(panel.visible)),
  }
}
