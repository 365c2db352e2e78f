import type { ClusterReference } from '#contract/cluster-report.ts'
import type { ClusterStanding } from '#contract/extension-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { clusterStateOf, describeRefusal } from '#server/domain/clusters/index.ts'
import { planStateOf } from '#server/domain/teams/index.ts'
import type { Prisma } from '#server/platform/prisma/generated/client.ts'

const standingColumns = {
  tokenHash: true,
  health: true,
  lastSeenAt: true,
  lastHeartbeatAt: true,
  refusedAt: true,
  refusedCode: true,
  deregisteredAt: true,
  apiKey: { select: { revokedAt: true, expiresAt: true } },
  team: { select: { id: true, name: true, slug: true, plan: true, trialEndsAt: true } },
} as const satisfies Prisma.ClusterSelect
type StandingRow = Prisma.ClusterGetPayload<{ select: typeof standingColumns }>

/**
 * Whether a cluster that an entitlement names is still Pro: beside the token, since a revoked key or an ended plan is known here
 * before the cluster hears of it. Throws NOT_FOUND when it is no cluster of a team of the caller's.
 */
export async function readStanding(ctx: ServiceContext, input: ClusterReference): Promise<ClusterStanding> {
  authorise(ctx, 'clusters.read', input)
  const row = await ctx.db.cluster.findFirst({
    where: { ...input, deletedAt: null, team: { deletedAt: null } },
    select: standingColumns,
  })
  if (!row) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
  const now = ctx.clock.now()
  const refusal = refusalOf(row, now)
  const state = clusterStateOf(row, now)
  return {
    teamId: row.team.id,
    teamName: row.team.name,
    state: refusal && state !== 'goodbye' ? 'refused' : state,
    pro: refusal === null && state !== 'goodbye',
    refusal:
      refusal === null
        ? null
        : {
            message: describeRefusal(refusal).message,
            manageUrl: `${ctx.env.addresses.portal}/${row.team.slug}/${pageThatMends(refusal)}`,
          },
  }
}

/** What is known of plan and key now beats what the last call was told. */
function refusalOf({ apiKey, team, refusedAt, refusedCode }: StandingRow, now: Date): string | null {
  if (!planStateOf(team, now).active) return 'SUBSCRIPTION_REQUIRED'
  if (apiKey.revokedAt) return 'INVALID_API_KEY'
  if (apiKey.expiresAt && apiKey.expiresAt <= now) return 'API_KEY_EXPIRED'
  return refusedAt ? refusedCode : null
}

function pageThatMends(code: string): string {
  return code === 'SUBSCRIPTION_REQUIRED' || code === 'CLUSTER_LIMIT_REACHED' ? 'billing' : 'api-keys'
}
