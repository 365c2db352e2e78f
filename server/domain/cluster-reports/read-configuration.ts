import type { ClusterReference, ConfigurationReport } from '#contract/cluster-report.ts'
import { configurationPatternsSchema } from '#contract/collection-payloads.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { readLatestCollection } from './read-collection.ts'

/** How workloads are configured, as it was collected last. Null before the first one. Throws NOT_FOUND and SUBSCRIPTION_REQUIRED. */
export async function readConfigurationReport(
  ctx: ServiceContext,
  input: ClusterReference,
): Promise<ConfigurationReport> {
  authorise(ctx, 'clusters.report', input)
  return readLatestCollection(ctx, input, {
    type: 'resource-configuration-patterns',
    schema: configurationPatternsSchema,
  })
}
