import type { LogOutputChannel } from 'vscode'
import type { EditorAccount } from './account/account.ts'
import type { ClusterRegistry } from './cluster/cluster.ts'
import type { Settings } from './settings.ts'

/** What commands, views and webviews stand on; made once by `activate`. */
export interface Services {
  readonly clusters: ClusterRegistry
  readonly account: EditorAccount
  readonly settings: Settings
  readonly log: LogOutputChannel
}
