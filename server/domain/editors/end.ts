import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { requireUser } from '#server/core/require-user.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { endMatchingEditors } from './end-matching.ts'

/** Ends one of the caller's own editors. Throws NOT_FOUND for anybody else's. */
export async function endEditor(ctx: ServiceContext, input: { id: string }): Promise<void> {
  const { userId } = requireUser(ctx)
  const ended = await inTransaction(ctx, (tx) =>
    endMatchingEditors(ctx, tx, { id: input.id, userId }, 'ended-by-owner'),
  )
  if (ended === 0) throw new ServiceError('NOT_FOUND', 'This editor is not connected any more.')
}
