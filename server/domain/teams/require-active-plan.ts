import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { planStateOf } from './plan-state.ts'
import type { PlanState } from './plan-state.ts'

/**
 * The plan of a team that may use Pro now. Throws SUBSCRIPTION_REQUIRED with the date since when it may not and the page
 * where that is mended, and NOT_FOUND for a team that is gone.
 */
export async function requireActivePlan(ctx: ServiceContext, teamId: string): Promise<PlanState> {
  const team = await ctx.db.team.findFirst({
    where: { id: teamId, deletedAt: null },
    select: { plan: true, trialEndsAt: true, slug: true },
  })
  if (!team) throw new ServiceError('NOT_FOUND', 'The team of this API key is gone.')
  const state = planStateOf(team, ctx.clock.now())
  if (!state.active) throw subscriptionRequired(state, `${ctx.env.addresses.portal}/${team.slug}/billing`)
  return state
}

function subscriptionRequired(state: PlanState, manageUrl: string): ServiceError {
  const why = state.endedAt ? `The Pro trial ended on ${spokenDate(state.endedAt)}.` : 'The team has no Pro plan.'
  return new ServiceError('SUBSCRIPTION_REQUIRED', `${why} Your data stays. Choose a plan at ${manageUrl}`, {
    details: { manageUrl, ...(state.endedAt ? { since: state.endedAt.toISOString() } : {}) },
  })
}

/** Such as "3 December 2026", by UTC. */
function spokenDate(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}
