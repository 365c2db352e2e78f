import type { Actor } from './actor.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Transaction } from '#server/platform/database.ts'
import type { Logger } from '#server/platform/logger.ts'

/** What every verb receives first. Made by the transports, once per request. */
export type ServiceContext = {
  readonly db: Database | Transaction
  readonly clock: Clock
  readonly log: Logger
  readonly requestId: string
  readonly actor: Actor
}
