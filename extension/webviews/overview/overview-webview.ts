import type { WebviewPanel } from 'vscode'
import type { Services } from '../../services.ts'
import { openDescribe } from '../describe/describe-webview.ts'
import { copyText } from '../frame/copy-text.ts'
import { openPanel, restorePanel } from '../frame/panels.ts'
import type { WebviewKind } from '../frame/webview-kind.ts'
import { OverviewSession } from './overview-session.ts'
import { fromOverviewSchema, overviewTargetSchema } from './protocol.ts'
import type { FromOverview, OverviewTarget, ToOverview } from './protocol.ts'
import { runMend } from './run-mend.ts'

const overviewWebview: WebviewKind<OverviewTarget, ToOverview, FromOverview> = {
  viewType: 'kube9.overview',
  name: 'overview',
  hasFind: true,
  target: overviewTargetSchema,
  fromPage: fromOverviewSchema,
  titleOf: ({ context }) => context,
  isNamedByTitle: true,
  contextOf: ({ context }) => context,
  run(services, target, page) {
    void new OverviewSession(services.clusters, target, {
      page,
      actions: {
        mend: (action, cluster) => void runMend(action, cluster),
        copy: (text) => void copyText(text, 'The rules are copied.'),
        open: (reference) => openDescribe(services, reference),
      },
    })
  },
}

/** Shows the overview of a cluster. */
export function openOverview(services: Services, context: string): void {
  openPanel(services, overviewWebview, { context })
}

export function restoreOverview(services: Services, restored: { panel: WebviewPanel; state: unknown }): void {
  restorePanel(services, overviewWebview, restored)
}
