import { randomBytes } from 'node:crypto'
import { env, extensions, TabInputWebview, Uri, ViewColumn, window } from 'vscode'
import type { Tab, WebviewPanel } from 'vscode'
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
  const open = openPanels.get(keyOf(kind, target))
  if (open) {
    open.reveal()
    return
  }
  const title = kind.titleOf(target)
  const unfilled = kind.isNamedByTitle ? unfilledTabs(kind.viewType, title) : []
  const options = { retainContextWhenHidden: kind.retained ?? false }
  const panel = window.createWebviewPanel(kind.viewType, title, ViewColumn.Active, options)
  fillPanel(services, kind, target, panel)
  if (unfilled.length > 0) void window.tabGroups.close(unfilled)
}

/** Fills a tab that a reload of the window brought back, with what its page had kept. One that is open by now is shown instead. */
export function restorePanel<Target, ToPage, FromPage>(
  services: Services,
  kind: WebviewKind<Target, ToPage, FromPage>,
  { panel, state }: { panel: WebviewPanel; state: unknown },
): void {
  const target = kind.target.safeParse(keptStateSchema.safeParse(state).data?.target)
  const open = target.success ? openPanels.get(keyOf(kind, target.data)) : undefined
  open?.reveal()
  if (target.success && !open) fillPanel(services, kind, target.data, panel)
  else panel.dispose()
}

/** Tabs that a reload brought back and nobody has looked at since: only by their title does the editor tell what they show. */
function unfilledTabs(viewType: string, title: string): Tab[] {
  const isFilled = [...openPanels.values()].some((panel) => panel.viewType === viewType && panel.title === title)
  if (isFilled) return []
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input, label }) =>
        input instanceof TabInputWebview && input.viewType.endsWith(`-${viewType}`) && label === title,
    )
}

function fillPanel<Target, ToPage, FromPage>(
  services: Services,
  kind: WebviewKind<Target, ToPage, FromPage>,
  target: Target,
  panel: WebviewPanel,
): void {
  const key = keyOf(kind, target)
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

/** Parsed, so that the order of the fields is the schema's, wherever the target comes from. */
function keyOf<Target, ToPage, FromPage>(kind: WebviewKind<Target, ToPage, FromPage>, target: Target): string {
  return `${kind.viewType} ${JSON.stringify(kind.target.parse(target))}`
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
