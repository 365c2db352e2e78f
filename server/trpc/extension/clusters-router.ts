import { z } from 'zod'
import { clusterReferenceSchema } from '#contract/cluster-report.ts'
import { clusterStandingSchema } from '#contract/extension-api.ts'
import { clusterSummarySchema } from '#contract/portal-api.ts'
import { readStanding } from '#server/domain/cluster-reports/index.ts'
import { listClusters } from '#server/domain/clusters/index.ts'
import { connectedProcedure, extensionRouterOf } from '../extension-init.ts'

export const clustersRouter = extensionRouterOf({
  list: connectedProcedure
    .input(clusterReferenceSchema.pick({ teamId: true }))
    .output(z.array(clusterSummarySchema))
    .query(({ ctx, input }) => listClusters(ctx, input)),

  standing: connectedProcedure
    .input(clusterReferenceSchema)
    .output(clusterStandingSchema)
    .query(({ ctx, input }) => readStanding(ctx, input)),
})
