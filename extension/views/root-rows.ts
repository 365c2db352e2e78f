import { TreeItem } from 'vscode'
import type { Services } from '../services.ts'
import type { TreeNode } from './tree-node.ts'

export async function rootRows({ clusters }: Services): Promise<TreeNode[]> {
  await clusters.ready()
  return clusters.clusters.map((cluster) => ({
    item: () => new TreeItem(cluster.context.name),
    children: () => [],
  }))
}
