import { commands } from 'vscode'
import type { WebviewPanel } from 'vscode'
import { clusterPagePath } from '#contract/extension-api.ts'
import { openAddress } from '../../open-address.ts'
import type { Services } from '../../services.ts'
import type { Mend } from '../../cluster/standing.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { mendCommand } from '../../views/mend-command.ts'
import { ClusterWatch } from '../frame/cluster-watch.ts'
import { openPanel, restorePanel } from '../frame/panels.ts'
import type { WebviewKind } from '../frame/webview-kind.ts'
import { outerHtml } from './outer-html.ts'
import { ProSession } from './pro-session.ts'
import { fromOuterSchema, proTargetSchema } from './protocol.ts'
import type { FromOuter, ProTarget, ToOuter } from './protocol.ts'

const proWebview: WebviewKind<ProTarget, ToOuter, FromOuter> = {
  viewType: 'kube9.pro',
  name: 'pro',
  // It does not reach into the frame.
  hasFind: false,
  retained: true,
  target: proTargetSchema,
  fromPage: fromOuterSchema,
  titleOf: ({ context }) => context,
  isNamedByTitle: true,
  contextOf: ({ context }) => context,
  htmlOf: ({ settings }, target, parts) =>
    outerHtml({ ...parts, target, pageUrl: settings.serverUrl + clusterPagePath(target) }),
  run(services, target, page) {
    const watch = new ClusterWatch(services.clusters, {
      context: target.context,
      onChange: () => session.announce(),
      signal: page.closed,
    })
    const session = new ProSession(target, {
      account: services.account,
      page,
      cluster: () => watch.cluster,
      isGone: () => watch.isGone,
      mend: { run: (mend, cluster) => void runMend(mend, cluster), words: (mend) => mendCommand(mend).title },
      openLink: (url) => void openAddress(url),
    })
  },
}

/** Shows the server's page of a cluster. */
export function openPro(services: Services, target: ProTarget): void {
  openPanel(services, proWebview, target)
}

export function restorePro(services: Services, restored: { panel: WebviewPanel; state: unknown }): void {
  restorePanel(services, proWebview, restored)
}

async function runMend(mend: Mend, cluster: Cluster | null): Promise<void> {
  const { command, arguments: args = [] } = mendCommand(mend, cluster ? { cluster, object: null } : undefined)
  await commands.executeCommand(command, ...(args as unknown[]))
}
