import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { endMatchingEditors } from './end-matching.ts'
import type { EndReason } from './end-matching.ts'

/**
 * Ends every editor of a person, inside the transaction of what made it necessary. End the sessions first: a code that is being
 * redeemed holds its session, so that its editor is either never made or seen here.
 */
export async function endAllEditors(
  ctx: ServiceContext,
  tx: Transaction,
  input: { userId: string; reason: Extract<EndReason, 'signed-out-everywhere' | 'password-reset'> },
): Promise<number> {
  return endMatchingEditors(ctx, tx, { userId: input.userId }, input.reason)
}
