import type { Actor } from './actor.ts'
import type { ServiceContext } from './context.ts'
import { ServiceError } from './errors.ts'

/** For verbs on the caller's own account. Throws UNAUTHENTICATED. */
export function requireUser(ctx: ServiceContext): Extract<Actor, { kind: 'user' }> {
  if (ctx.actor.kind !== 'user') throw new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
  return ctx.actor
}
