import { generateApiKey, parseApiKey } from '#contract/api-key.ts'
import type { CreateApiKeyInput, CreatedApiKey } from '#contract/portal-api.ts'
import { withAudit } from '#server/core/audit.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { requireWithinLimit } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { publishChange } from '#server/platform/events.ts'
import { digestOf } from './digest.ts'
import { apiKeyColumns, describeApiKeys } from './describe.ts'

const CREATE_LIMIT: RateLimitRule = { name: 'api-keys.create', limit: 60, windowSeconds: 3600 }

/** Makes a key and shows it, for the only time. Of the key itself a digest is kept. */
export async function createApiKey(ctx: ServiceContext, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  authorise(ctx, 'apiKeys.create', input)
  const { actor } = ctx
  if (actor.kind !== 'user' && actor.kind !== 'editor')
    throw new ServiceError('FORBIDDEN', 'Only a person can create an API key.')
  await requireWithinLimit(ctx, CREATE_LIMIT, input.teamId)
  const key = generateApiKey(ctx.env.profile === 'local' ? 'dev' : 'prod')
  const parsed = parseApiKey(key)
  if ('fault' in parsed) throw new Error('A generated key is not well-formed.')
  const row = await withAudit(ctx, async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        teamId: input.teamId,
        name: input.name,
        ...parsed.key,
        ...digestOf(key, ctx.env.keyPeppers),
        scopes: ['operator'],
        createdByUserId: actor.userId,
        createdAt: ctx.clock.now(),
      },
      select: apiKeyColumns,
    })
    await publishChange(tx, { teamId: input.teamId, kind: 'api-key', id: created.id })
    const audit = {
      teamId: input.teamId,
      action: 'api-key.created',
      target: { kind: 'api-key', id: created.id },
      change: { lookupId: parsed.key.lookupId },
    }
    return { result: created, audit }
  })
  const [summary] = await describeApiKeys(ctx, input.teamId, [row])
  if (!summary) throw new Error('A created key has no description.')
  return { key, summary }
}
