import { commands } from 'vscode'
import type { WebviewPanel } from 'vscode'
import type { Services } from '../../services.ts'
import { copyText } from '../frame/copy-text.ts'
import { objectReferenceSchema } from '../frame/object-reference.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import { openPanel, restorePanel } from '../frame/panels.ts'
import type { WebviewKind } from '../frame/webview-kind.ts'
import { DescribeSession } from './describe-session.ts'
import { fromDescribeSchema } from './protocol.ts'
import type { FromDescribe, ToDescribe } from './protocol.ts'

const describeWebview: WebviewKind<ObjectReference, ToDescribe, FromDescribe> = {
  viewType: 'kube9.describe',
  name: 'describe',
  hasFind: true,
  target: objectReferenceSchema,
  fromPage: fromDescribeSchema,
  titleOf: ({ kind, name }) => `${kind} ${name}`,
  contextOf: ({ context }) => context,
  run(services, target, page) {
    const call = (command: string, object: ObjectReference) => {
      const cluster = services.clusters.find(object.context)
      if (cluster) void commands.executeCommand(command, { cluster, object })
    }
    void new DescribeSession(services.clusters, target, {
      page,
      actions: {
        open: (reference) => openDescribe(services, reference),
        viewYaml: (reference) => call('kube9.viewYaml', reference),
        viewLogs: (reference) => call('kube9.viewLogs', reference),
        copy: (text) => void copyText(text, 'Copied.'),
      },
    })
  },
}

/** Shows one object. */
export function openDescribe(services: Services, reference: ObjectReference): void {
  openPanel(services, describeWebview, reference)
}

export function restoreDescribe(services: Services, restored: { panel: WebviewPanel; state: unknown }): void {
  restorePanel(services, describeWebview, restored)
}
