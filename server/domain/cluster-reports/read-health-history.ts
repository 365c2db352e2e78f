import { z } from 'zod'
import { bucketHealths } from '#contract/cluster-report.ts'
import type { HealthHistory, healthHistoryInputSchema } from '#contract/cluster-report.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { requireActivePlan } from '#server/domain/teams/index.ts'
import { findReportedCluster } from './find-cluster.ts'
import { historyWindowOf, twoBeatsSeconds } from './history-window.ts'
import type { HistoryWindow } from './history-window.ts'

export type HealthHistoryInput = z.infer<typeof healthHistoryInputSchema>
type Row = { teamId: string; id: string }
type Bucket = HealthHistory['buckets'][number]

/**
 * How a cluster was, in buckets without a gap: of heartbeats the worst that was heard, of collections the last one that came.
 * The bucket that is going on is left out while it is too young to have heard anything. Throws NOT_FOUND and
 * SUBSCRIPTION_REQUIRED.
 */
export async function readHealthHistory(ctx: ServiceContext, input: HealthHistoryInput): Promise<HealthHistory> {
  authorise(ctx, 'clusters.report', input)
  await requireActivePlan(ctx, input.teamId)
  const cluster = { teamId: input.teamId, id: (await findReportedCluster(ctx, input)).id }
  const now = ctx.clock.now()
  const window = historyWindowOf(ctx.env, input.rangeHours, now)
  const [buckets, saltBreaks] = await Promise.all([
    readBuckets(ctx, cluster, window, now),
    readSaltBreaks(ctx, cluster, window, now),
  ])
  const last = buckets.at(-1)
  const tooYoung = last?.beats === 0 && now.getTime() - Date.parse(last.at) < twoBeatsSeconds(ctx.env) * 1000
  return { bucketSeconds: window.bucketSeconds, buckets: tooYoung ? buckets.slice(0, -1) : buckets, saltBreaks }
}

const rowSchema = z.object({
  at: z.date(),
  health: z.enum(bucketHealths),
  beats: z.coerce.number(),
  nodes: z.int().nullable(),
  readyNodes: z.int().nullable(),
  podsRunning: z.int().nullable(),
  podsPending: z.int().nullable(),
  podsFailed: z.int().nullable(),
  restarts: z.int().nullable(),
})

/** Beats come from one walk of their index; of collections one row of each type is looked up for each bucket. */
async function readBuckets(
  ctx: ServiceContext,
  { teamId, id }: Row,
  { from, bucketSeconds, bucketCount }: HistoryWindow,
  now: Date,
): Promise<Bucket[]> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    WITH buckets AS (
      SELECT number, ${from}::timestamptz + number * ${bucketSeconds}::int * interval '1 second' AS begins,
        ${from}::timestamptz + (number + 1) * ${bucketSeconds}::int * interval '1 second' AS ends
      FROM generate_series(0, ${bucketCount}::int - 1) AS number
    ), heard AS (
      SELECT floor(extract(epoch FROM received_at - ${from}::timestamptz) / ${bucketSeconds}::int)::int AS number,
        count(*) AS beats, bool_or(health = 'unhealthy') AS unhealthy, bool_or(health = 'degraded') AS degraded
      FROM ts.heartbeats
      WHERE team_id = ${teamId}::uuid AND cluster_row_id = ${id}::uuid
        AND received_at >= ${from}::timestamptz AND received_at <= ${now}::timestamptz
      GROUP BY 1
    )
    SELECT buckets.begins AS at, coalesce(heard.beats, 0) AS beats,
      CASE WHEN heard.beats IS NULL THEN 'silent' WHEN heard.unhealthy THEN 'unhealthy'
        WHEN heard.degraded THEN 'degraded' ELSE 'healthy' END AS health,
      (metadata.numbers->>'nodes')::float8 AS nodes, (metadata.numbers->>'readyNodes')::float8 AS "readyNodes",
      (inventory.numbers->>'podsRunning')::float8 AS "podsRunning",
      (inventory.numbers->>'podsPending')::float8 AS "podsPending",
      (inventory.numbers->>'podsFailed')::float8 AS "podsFailed", (inventory.numbers->>'restarts')::float8 AS restarts
    FROM buckets LEFT JOIN heard USING (number)
    LEFT JOIN LATERAL (
      SELECT numbers FROM ts.collections
      WHERE team_id = ${teamId}::uuid AND cluster_row_id = ${id}::uuid AND type = 'cluster-metadata'
        AND numbers IS NOT NULL AND received_at >= begins AND received_at < ends
        AND received_at >= ${from}::timestamptz AND received_at <= ${now}::timestamptz
      ORDER BY received_at DESC LIMIT 1
    ) metadata ON true
    LEFT JOIN LATERAL (
      SELECT numbers FROM ts.collections
      WHERE team_id = ${teamId}::uuid AND cluster_row_id = ${id}::uuid AND type = 'resource-inventory'
        AND numbers IS NOT NULL AND received_at >= begins AND received_at < ends
        AND received_at >= ${from}::timestamptz AND received_at <= ${now}::timestamptz
      ORDER BY received_at DESC LIMIT 1
    ) inventory ON true
    ORDER BY buckets.number`
  return z
    .array(rowSchema)
    .parse(rows)
    .map((row) => ({ ...row, at: row.at.toISOString() }))
}

async function readSaltBreaks(
  ctx: ServiceContext,
  { teamId, id }: Row,
  { from }: HistoryWindow,
  now: Date,
): Promise<string[]> {
  const rows = await ctx.db.clusterEvent.findMany({
    where: { teamId, clusterId: id, kind: 'salt-changed', at: { gte: from, lte: now } },
    select: { at: true },
    orderBy: { at: 'asc' },
  })
  return rows.map(({ at }) => at.toISOString())
}
