import type { Services } from '../services.ts'
import type { ReloadableNode } from '../views/tree-node.ts'
import type { CommandTarget } from './target.ts'

/** Reads a list anew, looks again at the cluster of any other row, or at all clusters that were looked at before. */
export async function run({ clusters }: Services, target: CommandTarget | undefined): Promise<void> {
  if (isReloadable(target)) return target.reload()
  const wanted = target ? [target.cluster] : clusters.clusters.filter(({ standing }) => standing.mode !== 'unseen')
  for (const cluster of wanted) cluster.allowSignIn()
  await Promise.all(wanted.map((cluster) => cluster.refresh()))
}

function isReloadable(target: CommandTarget | undefined): target is ReloadableNode & CommandTarget {
  return target !== undefined && 'reload' in target
}
