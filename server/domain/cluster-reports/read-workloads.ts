import type { ClusterReference, WorkloadsReport } from '#contract/cluster-report.ts'
import { resourceInventorySchema } from '#contract/collection-payloads.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { readLatestCollection } from './read-collection.ts'

/** Workloads and the pods that are not well, as they were collected last. Null before the first one. Throws NOT_FOUND and SUBSCRIPTION_REQUIRED. */
export async function readWorkloadsReport(ctx: ServiceContext, input: ClusterReference): Promise<WorkloadsReport> {
  authorise(ctx, 'clusters.report', input)
  return readLatestCollection(ctx, input, { type: 'resource-inventory', schema: resourceInventorySchema })
}
