import { EventEmitter, window } from 'vscode'
import type { Disposable, TreeDataProvider } from 'vscode'
import type { Services } from '../services.ts'
import type { TreeNode } from './tree-node.ts'

/** The tree. Its rows are loaded when the view is first looked at. */
export function showClusters(services: Services): Disposable[] {
  const changed = new EventEmitter<TreeNode | undefined>()
  const rows = () => import('./root-rows.ts')
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => node.item(),
    getChildren: async (node) => (node ? node.children() : (await rows()).rootRows(services)),
  }
  const view = window.createTreeView('kube9.clusters', { treeDataProvider: provider, showCollapseAll: true })
  return [changed, view, services.clusters.changed.listen(() => changed.fire(undefined))]
}
