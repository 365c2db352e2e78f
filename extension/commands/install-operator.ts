import { window } from 'vscode'
import { installOperator, replaceKey, upgradeOperator } from '../install/connect-cluster.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Services } from '../services.ts'
import { mendWords } from '../webviews/pro/standing-notice.ts'
import { runMend } from '../webviews/overview/run-mend.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

/** Connects a cluster: installs the operator, or gives the one that is there a key. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const cluster = await chooseCluster(services, target)
  if (!cluster) return
  await cluster.connect()
  const { standing } = cluster
  switch (standing.mode) {
    case 'basic':
      return installOperator(services, cluster)
    case 'operated':
      return replaceKey(services, cluster)
    case 'enabled':
      return void window.showInformationMessage(`${cluster.context.name} is connected already.`)
    case 'degraded':
      return mendDegraded(services, cluster, standing.reason)
    case 'forbidden':
      return offer(services, cluster, { reason: standing.reason, mend: 'copy-rbac' })
    case 'unreachable':
      return offer(services, cluster, standing)
    case 'unseen':
    case 'connecting':
      return void window.showInformationMessage(`${cluster.context.name} has not answered yet. Try again in a moment.`)
  }
}

async function mendDegraded(services: Services, cluster: Cluster, reason: string): Promise<void> {
  if (cluster.standing.mode !== 'degraded') return
  const { mend } = cluster.standing
  if (mend === 'create-key') return replaceKey(services, cluster)
  if (mend === 'install-operator') return upgradeOperator(services, cluster)
  return offer(services, cluster, { reason, mend })
}

type Trouble = { reason: string; mend: Parameters<typeof runMend>[1] }

async function offer(services: Services, cluster: Cluster, { reason, mend }: Trouble): Promise<void> {
  const chosen = await window.showWarningMessage(`${cluster.context.name}: ${reason}`, mendWords(mend))
  if (chosen) await runMend(services, mend, cluster)
}
