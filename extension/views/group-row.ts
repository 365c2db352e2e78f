import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import { isHolding } from './tree-node.ts'
import type { HoldingNode, RenewableNode, TreeNode } from './tree-node.ts'

/** Lists that belong together. */
export class GroupRow implements HoldingNode {
  readonly cluster: Cluster
  readonly object = null
  readonly #label: string
  readonly #icon: string
  readonly #rows: TreeNode[]

  constructor(cluster: Cluster, { label, icon }: { label: string; icon: string }, rows: TreeNode[]) {
    this.cluster = cluster
    this.#label = label
    this.#icon = icon
    this.#rows = rows
  }

  item(): TreeItem {
    const item = new TreeItem(this.#label, TreeItemCollapsibleState.Collapsed)
    item.id = `${this.cluster.context.name}/group ${this.#label}`
    item.iconPath = new ThemeIcon(this.#icon)
    item.contextValue = 'group'
    return item
  }

  children(): TreeNode[] {
    return this.#rows
  }

  holds(list: RenewableNode): boolean {
    return this.#rows.some((row) => row === list || (isHolding(row) && row.holds(list)))
  }
}
