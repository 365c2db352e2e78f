import type { Actor } from './actor.ts'
import type { ServiceContext } from './context.ts'
import { ServiceError } from './errors.ts'

/** Everything that can be done to a team's data, and who may. Each verb names one of these in its first statement. */
const permissions = {
  'team.read': { roles: ['owner', 'member'] },
  'billing.read': { roles: ['owner', 'member'] },
  'apiKeys.read': { roles: ['owner', 'member'] },
  'apiKeys.create': { roles: ['owner', 'member'] },
  'apiKeys.revoke': { roles: ['owner'] },
  'clusters.read': { roles: ['owner', 'member'] },
  'clusters.remove': { roles: ['owner'] },
  'clusters.register': { scope: 'operator' },
  'clusters.heartbeat': { scope: 'operator' },
  'clusters.deregister': { scope: 'operator' },
  'collections.store': { scope: 'operator' },
} as const satisfies Record<string, Rule>

type Rule = { roles: readonly ('owner' | 'member')[] } | { scope: string }
export type Permission = keyof typeof permissions
export const permissionNames = Object.keys(permissions) as Permission[]

/**
 * The one door to a team's data. Throws UNAUTHENTICATED for nobody, NOT_FOUND for a stranger to the team (so that it cannot
 * be told from a team that does not exist), FORBIDDEN for a member without the right.
 */
export function authorise(ctx: ServiceContext, permission: Permission, target: { teamId: string }): void {
  const refusal = refusalOf(ctx.actor, permissions[permission], target.teamId)
  if (refusal) throw refusal
}

function refusalOf(actor: Actor, rule: Rule, teamId: string): ServiceError | null {
  if (actor.kind === 'anonymous') return new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
  if (actor.kind === 'system') return null
  if (actor.kind === 'apiKey') return apiKeyRefusal(actor, rule, teamId)
  const membership = actor.memberships.find((candidate) => candidate.teamId === teamId)
  if (!membership) return notFound()
  const allowed = 'roles' in rule && rule.roles.includes(membership.role)
  return allowed
    ? null
    : new ServiceError('FORBIDDEN', 'Your role in this team does not allow this. Ask an owner of the team.')
}

function apiKeyRefusal(actor: Extract<Actor, { kind: 'apiKey' }>, rule: Rule, teamId: string): ServiceError | null {
  if (actor.teamId !== teamId) return notFound()
  if ('scope' in rule && actor.scopes.includes(rule.scope)) return null
  return new ServiceError('FORBIDDEN', 'This API key does not allow this call.')
}

function notFound(): ServiceError {
  return new ServiceError('NOT_FOUND', 'There is nothing here, or you may not see it.')
}
