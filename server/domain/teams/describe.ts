import type { TeamSummary } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { planStateOf, planSummaryOf } from './plan-state.ts'
import type { TeamPlan } from './plan-state.ts'

/** What is read of a team for its summary. Clusters that said goodbye do not count. */
export const teamColumns = {
  id: true,
  name: true,
  slug: true,
  plan: true,
  trialEndsAt: true,
  createdAt: true,
  _count: { select: { clusters: { where: { deletedAt: null, deregisteredAt: null } } } },
} as const

type TeamRow = TeamPlan & { id: string; name: string; slug: string; _count: { clusters: number } }

export function describeTeam(ctx: ServiceContext, team: TeamRow, role: TeamSummary['role']): TeamSummary {
  const plan = planSummaryOf(planStateOf(team, ctx.clock.now()), team._count.clusters)
  return { id: team.id, name: team.name, slug: team.slug, role, plan }
}
