import type { AnyRouter } from '@trpc/server'
import type { RateLimitStanding } from '#server/core/context.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database.ts'
import type { Env } from '#server/platform/env.ts'
import type { ChangeListener } from '#server/platform/events.ts'
import type { Logger } from '#server/platform/logger.ts'
import type { SchemaWatch } from '#server/platform/watch-schema.ts'

/** What the API's process has once. */
export type ApiServices = {
  env: Env
  db: Database
  clock: Clock
  log: Logger
  operatorRouter: AnyRouter
  extensionRouter: AnyRouter
  changes: ChangeListener
  schema: SchemaWatch
  /** Aborts when the process begins to end. */
  ending: AbortSignal
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The limit that was counted last for this request. */
    rateLimitStanding: RateLimitStanding | null
  }
}
