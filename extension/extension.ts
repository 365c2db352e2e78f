import { window } from 'vscode'
import type { ExtensionContext } from 'vscode'
import { Kube9Account } from './account/kube9-account.ts'
import { LazyRegistry } from './cluster/lazy-registry.ts'
import { registerCommands } from './commands/register.ts'
import { provideYaml } from './documents/provide-yaml.ts'
import type { Services } from './services.ts'
import { editorSettings } from './settings.ts'
import { showClusters } from './views/clusters-view.ts'
import { showCurrentCluster } from './views/current-cluster-item.ts'
import { NamespaceFilter } from './views/namespace-filter.ts'
import { restoreWebviews } from './webviews/frame/restore-webviews.ts'

/**
 * Called once by the editor. What this file imports is loaded at the editor's start, so it imports no library; everything that is
 * heavy comes by `import()` when it is first used.
 */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('kube9', { log: true })
  const account = new Kube9Account({ context, settings: editorSettings, log })
  const clusters = new LazyRegistry(async () => {
    const { openRegistry } = await import('./cluster/open-registry.ts')
    return openRegistry({ settings: editorSettings, account, log }, context.subscriptions)
  })
  const namespaceFilter = new NamespaceFilter(context.workspaceState)
  const services: Services = { clusters, account, settings: editorSettings, namespaceFilter, log }
  context.subscriptions.push(
    log,
    clusters,
    ...account.register(),
    ...registerCommands(services),
    ...showClusters(services),
    ...showCurrentCluster(clusters),
  )
  context.subscriptions.push(...provideYaml(services), ...restoreWebviews(services))
}
