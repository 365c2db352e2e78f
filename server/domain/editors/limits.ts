import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { addressBucket, countTowards, requireWithinLimit, tooManyRequests } from '#server/domain/rate-limits/index.ts'
import type { RateLimitRule } from '#server/domain/rate-limits/index.ts'

/** Codes and tokens that open nothing, of one address. Those that do are never counted: many people stand behind one NAT. */
const failedGrantLimit: RateLimitRule = { name: 'editor.grant-failed', limit: 60, windowSeconds: 300 }
const codeLimit: RateLimitRule = { name: 'editor.code', limit: 60, windowSeconds: 900 }
const webviewCodeLimit: RateLimitRule = { name: 'editor.webview-code', limit: 600, windowSeconds: 900 }

/** Why a code or a token opens nothing is not said. UNAUTHENTICATED, or TOO_MANY_REQUESTS after many of one address. */
export async function refusedGrant(ctx: ServiceContext, clientAddress: string): Promise<ServiceError> {
  const standing = await countTowards(ctx, failedGrantLimit, addressBucket(clientAddress))
  if (!standing.passed) return tooManyRequests(ctx, standing)
  return new ServiceError(
    'UNAUTHENTICATED',
    'This sign-in has ended, or was used before. Sign in to kube9 again in your editor.',
  )
}

export async function limitCodes(ctx: ServiceContext, userId: string): Promise<void> {
  await requireWithinLimit(ctx, codeLimit, userId)
}

export async function limitWebviewCodes(ctx: ServiceContext, editorId: string): Promise<void> {
  await requireWithinLimit(ctx, webviewCodeLimit, editorId)
}
