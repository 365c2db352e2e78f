import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'
import { endMatchingEditors } from './end-matching.ts'

/** Signs an editor out by one of its refresh tokens. A token that is unknown is no fault: what it asks for is done already. */
export async function revokeEditor(ctx: ServiceContext, input: { refreshToken: string }): Promise<void> {
  const tokenHash = hashSecretToken(input.refreshToken)
  const known = await ctx.db.editorRefreshToken.findUnique({
    where: { tokenHash },
    select: { editor: { select: { id: true, userId: true } } },
  })
  if (!known) return
  const { id: editorId, userId } = known.editor
  const asEditor: ServiceContext = { ...ctx, actor: { kind: 'editor', userId, editorId, memberships: [] } }
  await inTransaction(asEditor, (tx) => endMatchingEditors(asEditor, tx, { id: editorId }, 'signed-out'))
}
