import { authorise } from '#server/core/authorise.ts'
import type { Permission } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { OperatorKey } from './record-refusal.ts'

/** The key that calls. Throws UNAUTHENTICATED or FORBIDDEN when the caller is no key, or the key may not do this. */
export function requireOperatorKey(ctx: ServiceContext, permission: Permission): OperatorKey {
  const { actor } = ctx
  if (actor.kind === 'anonymous') throw new ServiceError('UNAUTHENTICATED', 'An API key is needed.')
  if (actor.kind !== 'apiKey') throw new ServiceError('FORBIDDEN', 'Only an operator with an API key can do this.')
  authorise(ctx, permission, actor)
  return { teamId: actor.teamId, apiKeyId: actor.apiKeyId }
}
