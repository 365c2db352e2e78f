import { replaceKey } from '../install/connect-cluster.ts'
import { showInformation } from '../messages.ts'
import type { Services } from '../services.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

/** Gives the operator of a cluster another key. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const cluster = await chooseCluster(services, target)
  if (!cluster) return
  await cluster.connect()
  const { mode } = cluster.standing
  if (mode === 'operated' || mode === 'enabled' || mode === 'degraded') return replaceKey(services, cluster)
  void showInformation(`No operator was found in ${cluster.context.name}, so there is no key to replace.`)
}
