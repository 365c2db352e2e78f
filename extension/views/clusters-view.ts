import { EventEmitter, window } from 'vscode'
import type { Disposable, TreeDataProvider } from 'vscode'
import type { Services } from '../services.ts'
import type { ClusterTree } from './cluster-tree.ts'
import type { TreeNode } from './tree-node.ts'

/** The view of the clusters. Its rows are loaded when it is first looked at. */
export function showClusters(services: Services): Disposable[] {
  const changed = new EventEmitter<TreeNode | undefined>()
  let loading: Promise<ClusterTree> | null = null
  const tree = () => (loading ??= loadTree(services, (node) => changed.fire(node)))
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => node.item(),
    getChildren: async (node) => (node ? node.children() : (await tree()).roots()),
  }
  const view = window.createTreeView('kube9.clusters', { treeDataProvider: provider, showCollapseAll: true })
  const look = async (isVisible: boolean) => {
    if (isVisible || loading) await (await tree()).show(isVisible)
  }
  void look(view.visible)
  return [
    changed,
    view,
    view.onDidChangeVisibility(({ visible }) => look(visible)),
    view.onDidCollapseElement(async ({ element }) => (await tree()).closed(element)),
    view.onDidExpandElement(async ({ element }) => (await tree()).opened(element)),
    { dispose: async () => (await loading)?.dispose() },
  ]
}

async function loadTree(services: Services, redraw: (node?: TreeNode) => void): Promise<ClusterTree> {
  const { ClusterTree: Tree } = await import('./cluster-tree.ts')
  return new Tree(services, redraw)
}
