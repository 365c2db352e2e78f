import { maskedApiKey } from '#contract/api-key.ts'
import type { ApiKeySummary } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { clusterColumns, clusterStateOf } from '#server/domain/clusters/index.ts'
import type { Prisma } from '#server/platform/prisma/generated/client.ts'

/** What is read of a key to describe it: never its digest. */
export const apiKeyColumns = {
  id: true,
  name: true,
  environment: true,
  lookupId: true,
  lastFour: true,
  createdByUserId: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  revokedAt: true,
} as const satisfies Prisma.ApiKeySelect
type ApiKeyRow = Prisma.ApiKeyGetPayload<{ select: typeof apiKeyColumns }>

/** Keys as the portal shows them, with the clusters that last registered with each. */
export async function describeApiKeys(
  ctx: ServiceContext,
  teamId: string,
  rows: readonly ApiKeyRow[],
): Promise<ApiKeySummary[]> {
  const [creators, clusters] = await Promise.all([
    ctx.db.user.findMany({
      where: { id: { in: [...new Set(rows.map((row) => row.createdByUserId))] } },
      select: { id: true, name: true, email: true },
    }),
    ctx.db.cluster.findMany({
      where: { teamId, apiKeyId: { in: rows.map((row) => row.id) }, deletedAt: null },
      select: { ...clusterColumns, apiKeyId: true },
      orderBy: { registeredAt: 'asc' },
    }),
  ])
  const names = new Map(creators.map((user) => [user.id, user.name ?? user.email]))
  const now = ctx.clock.now()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    masked: maskedApiKey({
      environment: row.environment === 'prod' ? 'prod' : 'dev',
      lookupId: row.lookupId,
      lastFour: row.lastFour,
    }),
    createdAt: row.createdAt.toISOString(),
    createdBy: names.get(row.createdByUserId) ?? 'someone who left',
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    clusters: clusters
      .filter((cluster) => cluster.apiKeyId === row.id)
      .map((cluster) => ({
        id: cluster.id,
        clusterId: cluster.clusterId,
        name: cluster.name,
        state: clusterStateOf(cluster, now),
      })),
  }))
}
