import type { RateLimitStanding, ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { countTowards } from './count.ts'
import type { RateLimitRule } from './count.ts'

/** Counts one more, and throws TOO_MANY_REQUESTS with the seconds to wait when that is over the limit. */
export async function requireWithinLimit(ctx: ServiceContext, rule: RateLimitRule, subject: string): Promise<void> {
  const standing = await countTowards(ctx, rule, subject)
  if (!standing.passed) throw tooManyRequests(ctx, standing)
}

export function tooManyRequests(
  ctx: ServiceContext,
  standing: RateLimitStanding,
  retryAfterSeconds?: number,
): ServiceError {
  const untilResetSeconds = Math.ceil((standing.resetAt.getTime() - ctx.clock.now().getTime()) / 1000)
  const waitSeconds = Math.max(1, retryAfterSeconds ?? untilResetSeconds)
  return new ServiceError('TOO_MANY_REQUESTS', `That was too often. Try again in ${spokenDuration(waitSeconds)}.`, {
    retryAfterSeconds: waitSeconds,
  })
}

function spokenDuration(seconds: number): string {
  const [count, unit] = seconds < 90 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
