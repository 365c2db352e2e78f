import { window } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import { showInformation } from '../messages.ts'
import type { Services } from '../services.ts'
import type { CommandTarget } from './target.ts'

/** The row's cluster; from the palette the person chooses, unless there is only one. Undefined when they choose none. */
export async function chooseCluster(
  { clusters: { clusters } }: Services,
  target: CommandTarget | undefined,
): Promise<Cluster | undefined> {
  if (target) return target.cluster
  if (clusters.length === 1) return clusters[0]
  if (clusters.length === 0) {
    void showInformation('There is no kubeconfig with a context yet.')
    return undefined
  }
  const items = clusters
    .toSorted((one, other) => Number(other.context.isCurrent) - Number(one.context.isCurrent))
    .map((cluster) => ({ label: cluster.context.name, description: cluster.context.server, cluster }))
  return (await window.showQuickPick(items, { placeHolder: 'Choose a cluster', matchOnDescription: true }))?.cluster
}
