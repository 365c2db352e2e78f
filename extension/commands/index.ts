import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/**
 * Every command of the manifest, and the file that runs it. A file exports `run`, and is loaded at its first use; by then the
 * kubeconfigs are read. To add one: its line here, its file beside, its entry in package.json (a test compares the two).
 * What `run` throws is logged and shown as an error message.
 */
export type RunCommand = (services: Services, target: CommandTarget | undefined) => unknown

export const commands: Record<string, () => Promise<{ run: RunCommand }>> = {
  'kube9.openCluster': () => import('./open-cluster.ts'),
  'kube9.installOperator': () => import('./install-operator.ts'),
  'kube9.replaceKey': () => import('./replace-key.ts'),
  'kube9.signIn': () => import('./sign-in.ts'),
  'kube9.signInByCode': () => import('./sign-in-by-code.ts'),
  'kube9.signInByPort': () => import('./sign-in-by-port.ts'),
  'kube9.signOut': () => import('./sign-out.ts'),
  'kube9.openOverview': () => import('./open-overview.ts'),
  'kube9.describe': () => import('./describe.ts'),
  'kube9.viewYaml': () => import('./view-yaml.ts'),
  'kube9.viewLogs': () => import('./view-logs.ts'),
  'kube9.refresh': () => import('./refresh.ts'),
  'kube9.loadMore': () => import('./load-more.ts'),
  'kube9.loadAll': () => import('./load-all.ts'),
  'kube9.chooseNamespace': () => import('./choose-namespace.ts'),
  'kube9.copyName': () => import('./copy-name.ts'),
  'kube9.copyRule': () => import('./copy-rule.ts'),
  'kube9.openKubeconfig': () => import('./open-kubeconfig.ts'),
  'kube9.openSettings': () => import('./open-settings.ts'),
  'kube9.openPortal': () => import('./open-portal.ts'),
}
