import type { Services } from '../services.ts'
import { openOverview } from '../webviews/overview/overview-webview.ts'
import { openPro } from '../webviews/pro/pro-webview.ts'
import { chooseCluster } from './choose-cluster.ts'
import type { CommandTarget } from './target.ts'

/** Shows a cluster: by the server's page where it is enabled, else by what can be seen from here. */
export async function run(services: Services, target: CommandTarget | undefined): Promise<void> {
  const cluster = await chooseCluster(services, target)
  if (!cluster) return
  if (cluster.standing.mode === 'unseen') await cluster.connect()
  const { standing, context } = cluster
  if (standing.mode !== 'enabled') return openOverview(services, context.name)
  openPro(services, { context: context.name, teamId: standing.claims.team, clusterId: standing.claims.sub })
}
