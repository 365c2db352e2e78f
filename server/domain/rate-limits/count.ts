import { serviceUnavailable } from '#server/core/error-answer.ts'
import type { RateLimitStanding, ServiceContext } from '#server/core/context.ts'

/** At most `limit` counts of one subject per window. `name` and `subject` together are the bucket. */
export type RateLimitRule = { name: string; limit: number; windowSeconds: number }

/**
 * Counts one more in Postgres, for all processes together, and says where that leaves the subject. Throws
 * SERVICE_UNAVAILABLE when it cannot count: a limit that cannot be checked is not passed.
 */
export async function countTowards(
  ctx: ServiceContext,
  rule: RateLimitRule,
  subject: string,
): Promise<RateLimitStanding & { passed: boolean }> {
  const { bucket, windowStart, resetAt } = windowOf(ctx, rule, subject)
  const rows = await ctx.db.$queryRaw<{ count: number }[]>`
    INSERT INTO rate_limits (bucket, window_start, count, expires_at) VALUES (${bucket}, ${windowStart}, 1, ${resetAt})
    ON CONFLICT (bucket, window_start) DO UPDATE SET count = rate_limits.count + 1
    RETURNING count`.catch(unavailable)
  return report(ctx, rule, rows[0]?.count ?? rule.limit + 1, resetAt)
}

/** The same without counting. `passed` says whether one more would pass. */
export async function standingOf(
  ctx: ServiceContext,
  rule: RateLimitRule,
  subject: string,
): Promise<RateLimitStanding & { passed: boolean }> {
  const { bucket, windowStart, resetAt } = windowOf(ctx, rule, subject)
  const row = await ctx.db.rateLimit
    .findUnique({ where: { bucket_windowStart: { bucket, windowStart } }, select: { count: true } })
    .catch(unavailable)
  const standing = report(ctx, rule, row?.count ?? 0, resetAt)
  return { ...standing, passed: standing.remaining > 0 }
}

function windowOf(
  ctx: ServiceContext,
  rule: RateLimitRule,
  subject: string,
): { bucket: string; windowStart: Date; resetAt: Date } {
  const windowMs = rule.windowSeconds * 1000
  const start = Math.floor(ctx.clock.now().getTime() / windowMs) * windowMs
  return { bucket: `${rule.name}:${subject}`, windowStart: new Date(start), resetAt: new Date(start + windowMs) }
}

function report(
  ctx: ServiceContext,
  rule: RateLimitRule,
  count: number,
  resetAt: Date,
): RateLimitStanding & { passed: boolean } {
  const standing = { limit: rule.limit, remaining: Math.max(0, rule.limit - count), resetAt }
  ctx.reportRateLimit?.(standing)
  return { ...standing, passed: count <= rule.limit }
}

function unavailable(error: unknown): never {
  throw serviceUnavailable(error)
}
