import type { Actor } from '#server/core/actor.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'
import { idleBefore } from './lifetimes.ts'

/**
 * The page inside an editor that a webview's token stands for, or null when it is unknown or over, its editor was ended, the
 * cluster was removed, or the person has left the team. Read anew each time.
 */
export async function findWebviewCaller(
  ctx: Pick<ServiceContext, 'db' | 'clock'>,
  accessToken: string,
): Promise<Extract<Actor, { kind: 'webview' }> | null> {
  const grant = await ctx.db.webviewGrant.findFirst({
    where: {
      tokenHash: hashSecretToken(accessToken),
      expiresAt: { gt: ctx.clock.now() },
      team: { deletedAt: null },
      cluster: { deletedAt: null },
      editor: { lastSeenAt: { gt: idleBefore(ctx) }, user: { emailVerifiedAt: { not: null }, deletedAt: null } },
    },
    select: {
      teamId: true,
      cluster: { select: { clusterId: true } },
      editor: { select: { id: true, userId: true, user: { select: { memberships: { select: { teamId: true } } } } } },
    },
  })
  if (!grant?.editor.user.memberships.some(({ teamId }) => teamId === grant.teamId)) return null
  const { teamId, editor, cluster } = grant
  return { kind: 'webview', userId: editor.userId, editorId: editor.id, teamId, clusterId: cluster.clusterId }
}
