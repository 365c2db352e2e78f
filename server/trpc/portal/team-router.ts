import { z } from 'zod'
import { teamSummarySchema } from '#contract/portal-api.ts'
import { getTeam, listTeams } from '#server/domain/teams/index.ts'
import { portalRouterOf, signedInProcedure } from '../portal-init.ts'

export const teamRouter = portalRouterOf({
  list: signedInProcedure.output(z.array(teamSummarySchema)).query(({ ctx }) => listTeams(ctx)),

  get: signedInProcedure
    .input(z.object({ slug: z.string().max(64) }))
    .output(teamSummarySchema)
    .query(({ ctx, input }) => getTeam(ctx, input)),
})
