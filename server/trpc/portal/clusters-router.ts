import { z } from 'zod'
import { doneSchema } from '#contract/account-api.ts'
import { clusterDetailSchema, clusterSummarySchema } from '#contract/portal-api.ts'
import { getCluster, listClusters, removeCluster } from '#server/domain/clusters/index.ts'
import { portalRouterOf, signedInProcedure } from '../portal-init.ts'
import { teamInputSchema, teamRowInputSchema } from './team-input.ts'

export const clustersRouter = portalRouterOf({
  list: signedInProcedure
    .input(teamInputSchema)
    .output(z.array(clusterSummarySchema))
    .query(({ ctx, input }) => listClusters(ctx, input)),

  get: signedInProcedure
    .input(teamRowInputSchema)
    .output(clusterDetailSchema)
    .query(({ ctx, input }) => getCluster(ctx, input)),

  remove: signedInProcedure
    .input(teamRowInputSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await removeCluster(ctx, input)
      return { ok: true }
    }),
})
