import {
  clusterEventsSchema,
  clusterReferenceSchema,
  clusterReportSchema,
  configurationReportSchema,
  healthHistoryInputSchema,
  healthHistorySchema,
  nodesReportSchema,
  workloadsReportSchema,
} from '#contract/cluster-report.ts'
import {
  listClusterEvents,
  readClusterReport,
  readConfigurationReport,
  readHealthHistory,
  readNodesReport,
  readWorkloadsReport,
} from '#server/domain/cluster-reports/index.ts'
import { connectedProcedure, extensionRouterOf } from '../extension-init.ts'

export const reportsRouter = extensionRouterOf({
  cluster: connectedProcedure
    .input(clusterReferenceSchema)
    .output(clusterReportSchema)
    .query(({ ctx, input }) => readClusterReport(ctx, input)),

  health: connectedProcedure
    .input(healthHistoryInputSchema)
    .output(healthHistorySchema)
    .query(({ ctx, input }) => readHealthHistory(ctx, input)),

  nodes: connectedProcedure
    .input(clusterReferenceSchema)
    .output(nodesReportSchema)
    .query(({ ctx, input }) => readNodesReport(ctx, input)),

  workloads: connectedProcedure
    .input(clusterReferenceSchema)
    .output(workloadsReportSchema)
    .query(({ ctx, input }) => readWorkloadsReport(ctx, input)),

  configuration: connectedProcedure
    .input(clusterReferenceSchema)
    .output(configurationReportSchema)
    .query(({ ctx, input }) => readConfigurationReport(ctx, input)),

  events: connectedProcedure
    .input(clusterReferenceSchema)
    .output(clusterEventsSchema)
    .query(({ ctx, input }) => listClusterEvents(ctx, input)),
})
