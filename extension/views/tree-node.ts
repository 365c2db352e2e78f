import type { TreeItem } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { CommandTarget } from '../commands/target.ts'

/** A row of the tree. Commands get the row that they were called on, as their target. */
export interface TreeNode extends Partial<CommandTarget> {
  item(): TreeItem
  children(): Promise<TreeNode[]> | TreeNode[]
}

/** A row whose content can be read anew. */
export interface ReloadableNode extends TreeNode {
  readonly cluster: Cluster
  reload(): Promise<void>
}

/** Has a row drawn again, with everything below it; without a row, the whole tree. */
export type Redraw = (node?: TreeNode) => void
