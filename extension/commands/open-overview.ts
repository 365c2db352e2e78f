import type { Services } from '../services.ts'
import { openOverview } from '../webviews/overview/overview-webview.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

/** Shows what there is to see of a cluster, with or without an operator. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const cluster = await chooseCluster(services, target)
  if (cluster) openOverview(services, cluster.context.name)
}
