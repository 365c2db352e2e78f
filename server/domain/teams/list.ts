import type { TeamSummary } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { describeTeam, teamColumns } from './describe.ts'

/** The caller's teams, the oldest first. Throws UNAUTHENTICATED. */
export async function listTeams(ctx: ServiceContext): Promise<TeamSummary[]> {
  const { actor } = ctx
  if (actor.kind !== 'user' && actor.kind !== 'editor') throw new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
  const roles = new Map(actor.memberships.map(({ teamId, role }) => [teamId, role]))
  const teams = await ctx.db.team.findMany({
    where: { id: { in: [...roles.keys()] }, deletedAt: null },
    select: teamColumns,
    orderBy: { createdAt: 'asc' },
  })
  return teams.map((team) => describeTeam(ctx, team, roles.get(team.id) ?? 'member'))
}
