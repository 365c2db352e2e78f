import { z } from 'zod'
import type { ClusterReference } from '#contract/cluster-report.ts'
import type { collectionTypes } from '#contract/collections.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'
import { findReportedCluster } from './find-cluster.ts'

type CollectionType = (typeof collectionTypes)[number]

const rowSchema = z.object({ receivedAt: z.date(), data: z.unknown() })

/**
 * The collection of one type that came last in the form of our operator, for a caller who was authorised. Null while none has
 * come: those of public operators have other shapes, and are not shown as ours. Throws NOT_FOUND and SUBSCRIPTION_REQUIRED.
 */
export async function readLatestCollection<Data extends { saltId: string }>(
  ctx: ServiceContext,
  { teamId, clusterId }: ClusterReference,
  { type, schema }: { type: CollectionType; schema: z.ZodType<Data> },
): Promise<{ receivedAt: string; saltId: string; data: Data } | null> {
  await requireActivePlan(ctx, teamId)
  const { id } = await findReportedCluster(ctx, { teamId, clusterId })
  // What has no numbers was not in our form when it came.
  const rows = await ctx.db.$queryRaw<unknown[]>`
    SELECT received_at AS "receivedAt", payload->'data' AS data FROM ts.collections
    WHERE team_id = ${teamId}::uuid AND cluster_row_id = ${id}::uuid AND type = ${type} AND numbers IS NOT NULL
      AND received_at <= ${ctx.clock.now()}
    ORDER BY received_at DESC LIMIT 1`
  const [row] = z.array(rowSchema).parse(rows)
  const data = row && schema.safeParse(row.data).data
  return data ? { receivedAt: row.receivedAt.toISOString(), saltId: data.saltId, data } : null
}
