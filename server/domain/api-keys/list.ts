import type { ApiKeySummary } from '#contract/portal-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { apiKeyColumns, describeApiKeys } from './describe.ts'

/** The keys of a team, the newest first, revoked ones too. */
export async function listApiKeys(ctx: ServiceContext, input: { teamId: string }): Promise<ApiKeySummary[]> {
  authorise(ctx, 'apiKeys.read', input)
  const rows = await ctx.db.apiKey.findMany({
    where: { teamId: input.teamId },
    select: apiKeyColumns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return describeApiKeys(ctx, input.teamId, rows)
}
