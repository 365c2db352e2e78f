import { writeAuditEntry } from '#server/core/audit.ts'
import type { AuditEvent } from '#server/core/audit.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { publishChange } from '#server/platform/events.ts'

type EditorEvent = Pick<AuditEvent, 'action' | 'change'> & { editorId: string; userId: string }

/**
 * Writes down what happened to a person's editor in each team that it reached into, and tells every process, so that streams
 * which hang on it are looked at again.
 */
export async function announceEditor(ctx: ServiceContext, tx: Transaction, event: EditorEvent): Promise<void> {
  const { editorId: id, userId, action, change } = event
  const memberships = await tx.membership.findMany({
    where: { userId, team: { deletedAt: null } },
    select: { teamId: true },
    orderBy: { teamId: 'asc' },
  })
  for (const { teamId } of memberships) {
    await writeAuditEntry(ctx, tx, {
      teamId,
      action,
      target: { kind: 'editor', id },
      change: { ...change, ownerId: userId },
    })
    await publishChange(tx, { teamId, kind: 'editor', id })
  }
}
