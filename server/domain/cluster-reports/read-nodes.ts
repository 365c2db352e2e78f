import type { ClusterReference, NodesReport } from '#contract/cluster-report.ts'
import { clusterMetadataSchema } from '#contract/collection-payloads.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { readLatestCollection } from './read-collection.ts'

/** Nodes, as they were collected last. Null before the first one. Throws NOT_FOUND and SUBSCRIPTION_REQUIRED. */
export async function readNodesReport(ctx: ServiceContext, input: ClusterReference): Promise<NodesReport> {
  authorise(ctx, 'clusters.report', input)
  return readLatestCollection(ctx, input, { type: 'cluster-metadata', schema: clusterMetadataSchema })
}
