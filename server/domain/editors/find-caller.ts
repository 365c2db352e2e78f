import type { Actor } from '#server/core/actor.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'
import { idleBefore } from './lifetimes.ts'

const SEEN_AGAIN_MS = 5 * 60_000

/**
 * The editor that an access token stands for, or null when it is unknown, over, or its editor was ended. Read anew each time,
 * with the person's memberships as they are now.
 */
export async function findEditorCaller(
  ctx: Pick<ServiceContext, 'db' | 'clock'>,
  accessToken: string,
): Promise<Extract<Actor, { kind: 'editor' }> | null> {
  const found = await ctx.db.editorAccessToken.findFirst({
    where: {
      tokenHash: hashSecretToken(accessToken),
      expiresAt: { gt: ctx.clock.now() },
      editor: { lastSeenAt: { gt: idleBefore(ctx) }, user: { emailVerifiedAt: { not: null }, deletedAt: null } },
    },
    select: { editor: { select: editorColumns } },
  })
  if (!found) return null
  const { id, lastSeenAt, user } = found.editor
  await noteSeen(ctx, id, lastSeenAt)
  return { kind: 'editor', userId: user.id, editorId: id, memberships: user.memberships }
}

const editorColumns = {
  id: true,
  lastSeenAt: true,
  user: {
    select: {
      id: true,
      memberships: { where: { team: { deletedAt: null } }, select: { teamId: true, role: true } },
    },
  },
} as const

/** `lastSeenAt` is good to five minutes, so that a busy editor is not a busy row. */
async function noteSeen(ctx: Pick<ServiceContext, 'db' | 'clock'>, id: string, lastSeenAt: Date): Promise<void> {
  const now = ctx.clock.now()
  if (now.getTime() - lastSeenAt.getTime() <= SEEN_AGAIN_MS) return
  await ctx.db.connectedEditor.updateMany({ where: { id }, data: { lastSeenAt: now } })
}
