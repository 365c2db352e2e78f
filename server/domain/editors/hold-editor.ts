import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { idleBefore } from './lifetimes.ts'

/** Whether an editor is still connected. Until the commit nobody ends it or refreshes its tokens: they wait. */
export async function holdEditor(ctx: ServiceContext, tx: Transaction, editorId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM connected_editors e JOIN users u ON u.id = e.user_id
    WHERE e.id = ${editorId}::uuid AND e.last_seen_at > ${idleBefore(ctx)}
    AND u.email_verified_at IS NOT NULL AND u.deleted_at IS NULL
    FOR NO KEY UPDATE OF e`
  return rows.length > 0
}
