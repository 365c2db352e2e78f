import type { ServiceContext } from './context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { inTransaction } from './transaction.ts'

/** One line of the audit log: what was done to what. `change` holds ids, states and dates, never a name or an address of a person. */
export type AuditEvent = {
  teamId: string
  action: string
  target: { kind: string; id: string }
  change?: Record<string, AuditValue>
}
type AuditValue = string | number | boolean | null | readonly string[]

/**
 * Runs `change` in a transaction and writes the audit row it returns in the same one: both happen, or neither.
 * The verb's result stands beside the event.
 */
export async function withAudit<T>(
  ctx: ServiceContext,
  change: (tx: Transaction) => Promise<{ result: T; audit: AuditEvent | null }>,
): Promise<T> {
  return inTransaction(ctx, async (tx) => {
    const { result, audit } = await change(tx)
    if (audit) await writeAuditEntry(ctx, tx, audit)
    return result
  })
}

/** For verbs that already run inside a transaction. */
export async function writeAuditEntry(ctx: ServiceContext, tx: Transaction, event: AuditEvent): Promise<void> {
  await tx.auditEntry.create({
    data: {
      teamId: event.teamId,
      at: ctx.clock.now(),
      ...actorColumns(ctx),
      action: event.action,
      targetKind: event.target.kind,
      targetId: event.target.id,
      change: event.change ?? {},
      requestId: ctx.requestId,
    },
    select: { id: true },
  })
}

function actorColumns(ctx: ServiceContext): { actorKind: string; actorId: string | null } {
  const { actor } = ctx
  switch (actor.kind) {
    case 'anonymous':
      return { actorKind: actor.kind, actorId: null }
    case 'user':
    case 'editor':
    case 'webview':
      return { actorKind: actor.kind, actorId: actor.userId }
    case 'apiKey':
      return { actorKind: actor.kind, actorId: actor.apiKeyId }
    case 'system':
      return { actorKind: actor.kind, actorId: actor.job }
  }
}
