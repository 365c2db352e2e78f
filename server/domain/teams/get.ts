import type { TeamSummary } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeTeam, teamColumns } from './describe.ts'

/** One of the caller's teams by its slug. Throws NOT_FOUND for a team that the caller does not belong to. */
export async function getTeam(ctx: ServiceContext, input: { slug: string }): Promise<TeamSummary> {
  const team = await ctx.db.team.findUnique({ where: { slug: input.slug, deletedAt: null }, select: teamColumns })
  if (!team) throw new ServiceError('NOT_FOUND', 'There is nothing here, or you may not see it.')
  authorise(ctx, 'team.read', { teamId: team.id })
  const memberships = ctx.actor.kind === 'user' || ctx.actor.kind === 'editor' ? ctx.actor.memberships : []
  return describeTeam(ctx, team, memberships.find(({ teamId }) => teamId === team.id)?.role ?? 'member')
}
