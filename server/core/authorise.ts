import type { Actor, TeamMembership } from './actor.ts'
import type { ServiceContext } from './context.ts'
import { ServiceError } from './errors.ts'

/**
 * Everything that can be done to a team's data, and who may: people by their role in the portal (`roles`) and in a connected
 * editor (`editor`), a page inside an editor (`webview`), an API key by its scope. Each verb names one in its first statement.
 */
const permissions = {
  'team.read': { roles: ['owner', 'member'], editor: ['owner', 'member'] },
  'billing.read': { roles: ['owner', 'member'] },
  'apiKeys.read': { roles: ['owner', 'member'] },
  'apiKeys.create': { roles: ['owner', 'member'], editor: ['owner', 'member'] },
  'apiKeys.revoke': { roles: ['owner'] },
  'clusters.read': { roles: ['owner', 'member'], editor: ['owner', 'member'] },
  'clusters.report': { roles: ['owner', 'member'], editor: ['owner', 'member'], webview: true },
  'clusters.remove': { roles: ['owner'] },
  'clusters.register': { scope: 'operator' },
  'clusters.heartbeat': { scope: 'operator' },
  'clusters.deregister': { scope: 'operator' },
  'collections.store': { scope: 'operator' },
  'webviews.open': { editor: ['owner', 'member'] },
} as const satisfies Record<string, Rule>

type Role = TeamMembership['role']
type Rule = { roles?: readonly Role[]; editor?: readonly Role[]; webview?: true; scope?: string }
export type Permission = keyof typeof permissions
export const permissionNames = Object.keys(permissions) as Permission[]

/** What is acted on. `clusterId` (`cls_…`) where it is one cluster, since some callers may see that one alone. */
export type Target = { teamId: string; clusterId?: string }

/**
 * The one door to a team's data. Throws UNAUTHENTICATED for nobody, NOT_FOUND for a stranger to the team (so that it cannot
 * be told from a team that does not exist), FORBIDDEN for a member without the right.
 */
export function authorise(ctx: ServiceContext, permission: Permission, target: Target): void {
  const refusal = refusalOf(ctx.actor, permissions[permission], target)
  if (refusal) throw refusal
}

function refusalOf(actor: Actor, rule: Rule, target: Target): ServiceError | null {
  switch (actor.kind) {
    case 'anonymous':
      return new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
    case 'system':
      return null
    case 'apiKey':
      return apiKeyRefusal(actor, rule, target.teamId)
    case 'webview':
      return webviewRefusal(actor, rule, target)
    case 'user':
      return memberRefusal(actor.memberships, rule.roles, { teamId: target.teamId, otherwise: ASK_AN_OWNER })
    case 'editor':
      return memberRefusal(actor.memberships, rule.editor, {
        teamId: target.teamId,
        otherwise: rule.editor ? ASK_AN_OWNER : USE_THE_PORTAL,
      })
  }
}

const ASK_AN_OWNER = 'Your role in this team does not allow this. Ask an owner of the team.'
const USE_THE_PORTAL = 'This cannot be done from an editor. Do it in the portal.'

function memberRefusal(
  memberships: readonly TeamMembership[],
  roles: readonly Role[] | undefined,
  { teamId, otherwise }: { teamId: string; otherwise: string },
): ServiceError | null {
  const membership = memberships.find((candidate) => candidate.teamId === teamId)
  if (!membership) return notFound()
  if (roles?.includes(membership.role)) return null
  return new ServiceError('FORBIDDEN', otherwise)
}

function webviewRefusal(
  actor: Extract<Actor, { kind: 'webview' }>,
  rule: Rule,
  { teamId, clusterId }: Target,
): ServiceError | null {
  if (actor.teamId !== teamId || actor.clusterId !== clusterId) return notFound()
  return rule.webview ? null : new ServiceError('FORBIDDEN', 'A page inside an editor may only read its cluster.')
}

function apiKeyRefusal(actor: Extract<Actor, { kind: 'apiKey' }>, rule: Rule, teamId: string): ServiceError | null {
  if (actor.teamId !== teamId) return notFound()
  if (rule.scope !== undefined && actor.scopes.includes(rule.scope)) return null
  return new ServiceError('FORBIDDEN', 'This API key does not allow this call.')
}

function notFound(): ServiceError {
  return new ServiceError('NOT_FOUND', 'There is nothing here, or you may not see it.')
}
