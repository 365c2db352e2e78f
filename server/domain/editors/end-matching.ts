import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import type { Prisma } from '#server/platform/prisma/generated/client.ts'
import { announceEditor } from './announce.ts'

export type EndReason =
  | 'ended-by-owner'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'password-reset'
  | 'code-used-twice'
  | 'refresh-token-used-late'
  | 'idle'

/** Ends editors: with the commit none of their tokens and codes opens anything any more. Gives back how many there were. */
export async function endMatchingEditors(
  ctx: ServiceContext,
  tx: Transaction,
  where: Prisma.ConnectedEditorWhereInput,
  reason: EndReason,
): Promise<number> {
  const select = { id: true, userId: true } as const
  const editors = await tx.connectedEditor.findMany({ where, select, orderBy: { id: 'asc' } })
  let ended = 0
  for (const { id, userId } of editors) {
    const { count } = await tx.connectedEditor.deleteMany({ where: { id } })
    // Somebody else may have ended it in this moment, and has announced it.
    if (count === 0) continue
    ended += 1
    await announceEditor(ctx, tx, { editorId: id, userId, action: 'editor.ended', change: { reason } })
  }
  return ended
}
