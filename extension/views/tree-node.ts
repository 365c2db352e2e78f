import type { TreeItem } from 'vscode'

/** A row of the tree. */
export interface TreeNode {
  item(): TreeItem
  children(): Promise<TreeNode[]> | TreeNode[]
}
