import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import {
  clusterEventsSchema,
  clusterReportSchema,
  configurationReportSchema,
  healthHistorySchema,
  nodesReportSchema,
  workloadsReportSchema,
} from '#contract/cluster-report.ts'
import type {
  ClusterEvents,
  ClusterReference,
  ClusterReport,
  ConfigurationReport,
  HealthHistory,
  historyRangesHours,
  NodesReport,
  WorkloadsReport,
} from '#contract/cluster-report.ts'
import type { ExtensionRouter } from '#contract/router-types.ts'
import { RequestFailed } from './request-failed.ts'

const PATH = '/trpc/extension'

export type RangeHours = (typeof historyRangesHours)[number]
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>
type Asked = { signal: AbortSignal }

/** What the server knows of one cluster. Each rejects with RequestFailed. */
export type Reports = {
  cluster(asked: Asked): Promise<ClusterReport>
  health(rangeHours: RangeHours, asked: Asked): Promise<HealthHistory>
  nodes(asked: Asked): Promise<NodesReport>
  workloads(asked: Asked): Promise<WorkloadsReport>
  configuration(asked: Asked): Promise<ConfigurationReport>
  events(asked: Asked): Promise<ClusterEvents>
}

/** Asks the extension router. Answers are parsed: a server may be newer or older than this page that an editor still shows. */
export function createReports(fetch: Fetch, cluster: ClusterReference): Reports {
  const { reports } = createTRPCClient<ExtensionRouter>({
    links: [httpLink({ url: PATH, fetch: (input, init) => fetch(input, init as RequestInit), methodOverride: 'POST' })],
  })
  return {
    cluster: (asked) => read(clusterReportSchema, reports.cluster.query(cluster, asked)),
    health: (rangeHours, asked) => read(healthHistorySchema, reports.health.query({ ...cluster, rangeHours }, asked)),
    nodes: (asked) => read(nodesReportSchema, reports.nodes.query(cluster, asked)),
    workloads: (asked) => read(workloadsReportSchema, reports.workloads.query(cluster, asked)),
    configuration: (asked) => read(configurationReportSchema, reports.configuration.query(cluster, asked)),
    events: (asked) => read(clusterEventsSchema, reports.events.query(cluster, asked)),
  }
}

async function read<Schema extends z.ZodType>(schema: Schema, answer: Promise<unknown>): Promise<z.infer<Schema>> {
  try {
    return schema.parse(await answer)
  } catch (error) {
    if (error instanceof TRPCClientError) throw RequestFailed.ofTrpcError(error)
    if (error instanceof z.ZodError) throw RequestFailed.unreadable(error)
    throw error
  }
}
