import type { LogOutputChannel } from 'vscode'
import type { EditorAccount } from './account/account.ts'
import type { ClusterRegistry } from './cluster/cluster.ts'
import type { Settings } from './settings.ts'
import type { NamespaceFilter } from './views/namespace-filter.ts'

/** What commands, views and webviews stand on; made once by `activate`. */
export interface Services {
  readonly clusters: ClusterRegistry
  readonly account: EditorAccount
  readonly settings: Settings
  readonly namespaceFilter: NamespaceFilter
  readonly log: LogOutputChannel
}
