import { commands } from 'vscode'
import { installOperator, replaceKey, upgradeOperator } from '../install/connect-cluster.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Mend } from '../cluster/standing.ts'
import { showInformation, showWarning } from '../messages.ts'
import type { Services } from '../services.ts'
import { mendCommand } from '../views/mend-command.ts'
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
      return void showInformation(`${cluster.context.name} is connected already.`)
    case 'degraded':
      return mendDegraded(services, cluster, standing.reason)
    case 'forbidden':
      return offer(cluster, { reason: standing.reason, mend: 'copy-rbac' })
    case 'unreachable':
      return offer(cluster, standing)
    case 'unseen':
    case 'connecting':
      return void showInformation(`${cluster.context.name} has not answered yet. Try again in a moment.`)
  }
}

async function mendDegraded(services: Services, cluster: Cluster, reason: string): Promise<void> {
  if (cluster.standing.mode !== 'degraded') return
  const { mend } = cluster.standing
  if (mend === 'create-key') return replaceKey(services, cluster)
  if (mend === 'install-operator') return upgradeOperator(services, cluster)
  return offer(cluster, { reason, mend })
}

type Trouble = { reason: string; mend: Mend }

async function offer(cluster: Cluster, { reason, mend }: Trouble): Promise<void> {
  const { title, command } = mendCommand(mend)
  const chosen = await showWarning(`${cluster.context.name}: ${reason}`, title)
  if (chosen) await commands.executeCommand(command, { cluster, object: null })
}
