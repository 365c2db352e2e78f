import type { OnboardingProgress } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { clusterColumns, clusterSummaryOf, describeRefusal } from '#server/domain/clusters/index.ts'
import type { ClusterRow } from '#server/domain/clusters/index.ts'

const SHOWN_ATTEMPTS = 5

/** How far the first cluster of a key has come. Throws NOT_FOUND for a key that is not of this team. */
export async function readOnboardingProgress(
  ctx: ServiceContext,
  input: { teamId: string; apiKeyId: string },
): Promise<OnboardingProgress> {
  authorise(ctx, 'clusters.read', input)
  const { teamId, apiKeyId } = input
  const key = await ctx.db.apiKey.findUnique({
    where: { teamId_id: { teamId, id: apiKeyId } },
    select: { lastUsedAt: true, revokedAt: true },
  })
  if (!key) throw new ServiceError('NOT_FOUND', 'There is no such API key in this team.')
  const cluster = await findCluster(ctx, input)
  const attempts = await ctx.db.refusedAttempt.findMany({
    where: { teamId, apiKeyId },
    select: { at: true, code: true, operatorVersion: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: SHOWN_ATTEMPTS,
  })
  return {
    state: stateOf(cluster, attempts[0]?.at),
    keyRevoked: key.revokedAt !== null,
    steps: await stepsOf(ctx, teamId, cluster, [key.lastUsedAt, attempts.at(-1)?.at]),
    cluster: cluster ? clusterSummaryOf(cluster, ctx.clock.now()) : null,
    refusedAttempts: attempts.map(({ at, code, operatorVersion }) => ({
      at: at.toISOString(),
      ...describeRefusal(code),
      operatorVersion,
    })),
  }
}

/** When each step was reached. `seen` are times at which the key was presented. */
async function stepsOf(
  ctx: ServiceContext,
  teamId: string,
  cluster: ClusterRow | null,
  seen: readonly (Date | null | undefined)[],
): Promise<OnboardingProgress['steps']> {
  const keySeenAt = earliest([...seen, cluster?.registeredAt])
  if (!cluster) return { keySeenAt, registeredAt: null, firstHeartbeatAt: null, firstReportAt: null }
  return {
    keySeenAt,
    registeredAt: cluster.registeredAt.toISOString(),
    firstHeartbeatAt: cluster.firstHeartbeatAt?.toISOString() ?? null,
    firstReportAt: await firstReportOf(ctx, teamId, cluster),
  }
}

/** The cluster of the key that has come furthest. */
async function findCluster(
  ctx: ServiceContext,
  input: { teamId: string; apiKeyId: string },
): Promise<ClusterRow | null> {
  return ctx.db.cluster.findFirst({
    where: { teamId: input.teamId, apiKeyId: input.apiKeyId, deletedAt: null, deregisteredAt: null },
    select: clusterColumns,
    orderBy: [{ firstHeartbeatAt: { sort: 'asc', nulls: 'last' } }, { registeredAt: 'asc' }],
  })
}

/** A refusal counts as the state while nothing came after it. */
function stateOf(cluster: ClusterRow | null, lastRefusedAt: Date | undefined): OnboardingProgress['state'] {
  // A public operator has no token and sends no heartbeats: that it registered is all there will be.
  if (cluster && (cluster.firstHeartbeatAt || cluster.tokenHash === null)) return 'connected'
  if (cluster) return 'registered'
  return lastRefusedAt ? 'refused' : 'waiting'
}

/** The first report is what a cluster says of itself: its first collection, or the conditions of its first heartbeat. */
async function firstReportOf(ctx: ServiceContext, teamId: string, cluster: ClusterRow): Promise<string | null> {
  const receipt = await ctx.db.collectionReceipt.findFirst({
    where: { teamId, clusterId: cluster.id },
    select: { receivedAt: true },
    orderBy: { receivedAt: 'asc' },
  })
  return earliest([receipt?.receivedAt, cluster.firstHeartbeatAt])
}

function earliest(dates: readonly (Date | null | undefined)[]): string | null {
  const known = dates.filter((date) => date instanceof Date)
  return known.toSorted((one, other) => one.getTime() - other.getTime())[0]?.toISOString() ?? null
}
