import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { TreeNode } from './tree-node.ts'

/** Lists that belong together. */
export class GroupRow implements TreeNode {
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
}
