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

/** A row that follows the cluster by itself while it is open. */
export interface RenewableNode extends ReloadableNode {
  /** Reads anew what is in sight, where that is cheap. */
  renew(): Promise<void>
  /** It was opened: what it shows shall not be of an hour ago. */
  reloadWhenOld(): Promise<void>
}

/** A row that has lists below it. */
export interface HoldingNode extends TreeNode {
  readonly cluster: Cluster
  /** Whether that list stands below it, at any depth. */
  holds(list: RenewableNode): boolean
}

export function isHolding(node: TreeNode): node is HoldingNode {
  return 'holds' in node
}

export function isRenewable(node: TreeNode): node is RenewableNode {
  return 'renew' in node
}

/** Has a row drawn again, with everything below it; without a row, the whole tree. */
export type Redraw = (node?: TreeNode) => void
