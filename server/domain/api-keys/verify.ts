import type { VerifiedKey } from '#contract/api-key.ts'
import { parseApiKey } from '#contract/api-key.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { ServiceErrorOptions } from '#server/core/errors.ts'
import { addressBucket, countTowards, tooManyRequests } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'
import { publishChange } from '#server/platform/events.ts'
import { digestMatches, digestOf } from './digest.ts'

/** What a caller shows: the text after `Bearer`, and the address it comes from. */
export type PresentedKey = { apiKey: string | undefined; address: string }

/** Failed authentications of one address. A key that proves itself is never counted, many clusters stand behind one NAT. */
export const FAILED_AUTHENTICATION_LIMIT: RateLimitRule = {
  name: 'authentication.failed',
  limit: 60,
  windowSeconds: 300,
}

const LAST_USED_RESOLUTION_MS = 60_000

/** A key that is truly one of ours, but may not be used any more. It names the key, for whoever writes that down. */
export class EndedKeyError extends ServiceError {
  readonly apiKey: { teamId: string; id: string }

  constructor(
    code: 'INVALID_API_KEY' | 'API_KEY_EXPIRED',
    message: string,
    options: ServiceErrorOptions & { apiKey: { teamId: string; id: string } },
  ) {
    super(code, message, options)
    this.name = 'EndedKeyError'
    this.apiKey = options.apiKey
  }
}

/**
 * Checks a key against the database each time, so that a revocation holds in every process at once. Throws
 * INVALID_API_KEY, API_KEY_EXPIRED, TOO_MANY_REQUESTS after many failures of one address, and SERVICE_UNAVAILABLE for
 * every fault of ours.
 */
export async function verifyApiKey(ctx: ServiceContext, presented: PresentedKey): Promise<VerifiedKey> {
  const row = await findProvenKey(ctx, presented)
  const now = ctx.clock.now()
  if (row.revokedAt) {
    const options = { apiKey: row, ...mendedAt(ctx) }
    throw new EndedKeyError('INVALID_API_KEY', 'This API key was revoked. Create a new one in the portal.', options)
  }
  if (row.expiresAt && row.expiresAt <= now) {
    const options = { apiKey: row, ...mendedAt(ctx) }
    throw new EndedKeyError('API_KEY_EXPIRED', 'This API key has expired. Create a new one in the portal.', options)
  }
  await noteUse(ctx, row, now)
  return { teamId: row.teamId, keyId: row.id, scopes: row.scopes, expiresAt: row.expiresAt?.toISOString() ?? null }
}

async function findProvenKey(ctx: ServiceContext, presented: PresentedKey) {
  const { apiKey } = presented
  if (apiKey === undefined)
    throw await countedFailure(ctx, presented, 'An API key is needed. Send it as: Authorization: Bearer kdy_…')
  const parsed = parseApiKey(apiKey)
  if ('fault' in parsed) {
    const why = parsed.fault === 'shape' ? 'This is not an API key of kube9.' : 'This API key has a typing slip.'
    throw await countedFailure(ctx, presented, `${why} Copy the whole key again.`)
  }
  if (parsed.key.environment === 'dev' && ctx.env.profile === 'hosted') {
    throw await countedFailure(
      ctx,
      presented,
      'This API key was made by a local installation. Create one in the portal of this server.',
    )
  }
  const row = await ctx.db.apiKey.findUnique({ where: { lookupId: parsed.key.lookupId }, select: verifiedColumns })
  if (!row || !digestMatches(apiKey, row, ctx.env.keyPeppers)) {
    throw await countedFailure(ctx, presented, 'This API key is not known. Create one in the portal.')
  }
  if (row.pepperVersion !== ctx.env.keyPeppers.current) await renewDigest(ctx, apiKey, row)
  return row
}

const verifiedColumns = {
  teamId: true,
  id: true,
  digest: true,
  pepperVersion: true,
  scopes: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const

async function countedFailure(ctx: ServiceContext, presented: PresentedKey, message: string): Promise<ServiceError> {
  const standing = await countTowards(ctx, FAILED_AUTHENTICATION_LIMIT, addressBucket(presented.address))
  return standing.passed ? new ServiceError('INVALID_API_KEY', message, mendedAt(ctx)) : tooManyRequests(ctx, standing)
}

/** Where its owner makes another one; the operator shows this address in the cluster. */
function mendedAt(ctx: ServiceContext): { details: { manageUrl: string } } {
  return { details: { manageUrl: `${ctx.env.addresses.portal}/home` } }
}

/** Moves a key that just proved itself under the current pepper, so that an old pepper can be retired one day. */
async function renewDigest(
  ctx: ServiceContext,
  apiKey: string,
  row: { teamId: string; id: string; pepperVersion: number },
): Promise<void> {
  await ctx.db.apiKey.updateMany({
    where: { teamId: row.teamId, id: row.id, pepperVersion: row.pepperVersion },
    data: digestOf(apiKey, ctx.env.keyPeppers),
  })
}

/** `lastUsedAt` is good to a minute, so that a busy key is not a busy row. */
async function noteUse(
  ctx: ServiceContext,
  row: { teamId: string; id: string; lastUsedAt: Date | null },
  now: Date,
): Promise<void> {
  if (row.lastUsedAt && now.getTime() - row.lastUsedAt.getTime() < LAST_USED_RESOLUTION_MS) return
  await ctx.db.apiKey.updateMany({ where: { teamId: row.teamId, id: row.id }, data: { lastUsedAt: now } })
  await publishChange(ctx.db, { teamId: row.teamId, kind: 'api-key', id: row.id })
}
