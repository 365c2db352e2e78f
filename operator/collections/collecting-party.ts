import type { Session } from '../registration/session.ts'

/** The part of the connection that collections hang on. */
export interface CollectingParty {
  /** Which registration holds now, in whatever standing; null without one. What another one collected is not sent. */
  origin(): string | null
  /** As whom collections are made and sent; null when they are not. */
  session(): Session | null
}
