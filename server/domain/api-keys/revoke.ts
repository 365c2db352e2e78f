import type { ApiKeySummary } from '#contract/portal-api.ts'
import { withAudit } from '#server/core/audit.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { publishChange } from '#server/platform/events.ts'
import { apiKeyColumns, describeApiKeys } from './describe.ts'

/** Ends a key: from the commit on every process refuses it. Revoking a revoked key changes nothing. */
export async function revokeApiKey(ctx: ServiceContext, input: { teamId: string; id: string }): Promise<ApiKeySummary> {
  authorise(ctx, 'apiKeys.revoke', input)
  const where = { teamId_id: { teamId: input.teamId, id: input.id } }
  const row = await withAudit(ctx, async (tx) => {
    const { count } = await tx.apiKey.updateMany({
      where: { teamId: input.teamId, id: input.id, revokedAt: null },
      data: { revokedAt: ctx.clock.now(), revokedByUserId: ctx.actor.kind === 'user' ? ctx.actor.userId : null },
    })
    const found = await tx.apiKey.findUnique({ where, select: apiKeyColumns })
    if (!found) throw new ServiceError('NOT_FOUND', 'There is no such API key in this team.')
    if (count === 0) return { result: found, audit: null }
    await publishChange(tx, { teamId: input.teamId, kind: 'api-key', id: input.id })
    const audit = { teamId: input.teamId, action: 'api-key.revoked', target: { kind: 'api-key', id: input.id } }
    return { result: found, audit }
  })
  const [summary] = await describeApiKeys(ctx, input.teamId, [row])
  if (!summary) throw new Error('A revoked key has no description.')
  return summary
}
