import type { Actor } from './actor.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Transaction } from '#server/platform/database.ts'
import type { Env } from '#server/platform/env.ts'
import type { Logger } from '#server/platform/logger.ts'

/** What every verb receives first. Made by the transports, once per request. */
export type ServiceContext = {
  readonly db: Database | Transaction
  readonly clock: Clock
  readonly log: Logger
  readonly env: Env
  readonly requestId: string
  readonly actor: Actor
  /** Hears of each limit that was counted, so that a transport can say it in headers. */
  readonly reportRateLimit?: ((standing: RateLimitStanding) => void) | undefined
}

/** Where a caller stands within a limit. `resetAt` is when the window ends. */
export type RateLimitStanding = { limit: number; remaining: number; resetAt: Date }
