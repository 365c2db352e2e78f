import { plans } from '#contract/plans.ts'
import type { BillingSummary } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeTeam, teamColumns } from '#server/domain/teams/index.ts'

/** A team's plan and its price. `payments` says whether this installation can take any. */
export async function getBilling(ctx: ServiceContext, input: { teamId: string }): Promise<BillingSummary> {
  authorise(ctx, 'billing.read', input)
  const team = await ctx.db.team.findUnique({ where: { id: input.teamId, deletedAt: null }, select: teamColumns })
  if (!team) throw new ServiceError('NOT_FOUND', 'There is nothing here, or you may not see it.')
  return {
    plan: describeTeam(ctx, team, 'member').plan,
    payments: ctx.env.stripe ? 'configured' : 'not-configured',
    priceMinorPerClusterMonth: Number(plans.pro.priceMinorPerClusterMonth),
    currency: plans.pro.currency,
  }
}
