import type { FastifyInstance } from 'fastify'
import { FAILED_AUTHENTICATION_LIMIT } from '#server/domain/api-keys/index.ts'
import type { RateLimitStanding } from '#server/core/context.ts'
import type { ApiServices } from './services.ts'

/** `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds) on every answer: of the limit that was counted, or a whole one. */
export function sayRateLimits(server: FastifyInstance, services: ApiServices): void {
  server.addHook('onSend', async (req, reply) => {
    const standing = req.rateLimitStanding ?? wholeLimit(services.clock.now())
    void reply.headers({
      'x-ratelimit-limit': String(standing.limit),
      'x-ratelimit-remaining': String(standing.remaining),
      'x-ratelimit-reset': String(Math.ceil(standing.resetAt.getTime() / 1000)),
    })
  })
}

function wholeLimit(now: Date): RateLimitStanding {
  const { limit, windowSeconds } = FAILED_AUTHENTICATION_LIMIT
  return { limit, remaining: limit, resetAt: new Date(now.getTime() + windowSeconds * 1000) }
}
