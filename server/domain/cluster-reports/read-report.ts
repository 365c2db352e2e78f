import type { ClusterReference, ClusterReport } from '#contract/cluster-report.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeCluster } from '#server/domain/clusters/index.ts'
import { planStateOf } from '#server/domain/teams/index.ts'

/** A cluster with its team, its plan, and the pages that mend them. It answers without a plan too, so that it can say so. */
export async function readClusterReport(ctx: ServiceContext, input: ClusterReference): Promise<ClusterReport> {
  authorise(ctx, 'clusters.report', input)
  const [cluster, team] = await Promise.all([describeCluster(ctx, input), readTeam(ctx, input.teamId)])
  const { label, tier, active, trialEndsAt } = planStateOf(team, ctx.clock.now())
  const portal = `${ctx.env.addresses.portal}/${team.slug}`
  return {
    cluster,
    team: { id: team.id, name: team.name, slug: team.slug },
    plan: { label, tier, active, trialEndsAt: trialEndsAt?.toISOString() ?? null },
    links: {
      cluster: `${portal}/clusters/${cluster.id}`,
      apiKeys: `${portal}/api-keys`,
      billing: `${portal}/billing`,
    },
  }
}

async function readTeam(ctx: ServiceContext, id: string) {
  const team = await ctx.db.team.findFirst({
    where: { id, deletedAt: null },
    select: { id: true, name: true, slug: true, plan: true, trialEndsAt: true },
  })
  if (!team) throw new ServiceError('NOT_FOUND', 'There is nothing here, or you may not see it.')
  return team
}
