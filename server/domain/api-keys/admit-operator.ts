import type { ServiceContext } from '#server/core/context.ts'
import { recordRefusal } from '#server/domain/clusters/index.ts'
import type { Refusal } from '#server/domain/clusters/index.ts'
import { EndedKeyError, verifyApiKey } from './verify.ts'
import type { PresentedKey } from './verify.ts'

/** What an operator says of itself when it calls, for the record of a refusal. */
export type OperatorClaim = Pick<Refusal, 'operatorVersion' | 'cluster'>

/**
 * Lets an operator in by its key: gives the context of a verb whose actor is that key. A key that has ended is refused,
 * and the refusal written down for the portal. Errors are those of `verifyApiKey`.
 */
export async function admitOperator(
  ctx: ServiceContext,
  presented: PresentedKey,
  claim: OperatorClaim,
): Promise<ServiceContext & { actor: { kind: 'apiKey' } }> {
  try {
    const { teamId, keyId, scopes } = await verifyApiKey(ctx, presented)
    return { ...ctx, actor: { kind: 'apiKey', teamId, apiKeyId: keyId, scopes } }
  } catch (error) {
    if (error instanceof EndedKeyError)
      await recordRefusal(ctx, { ...claim, teamId: error.apiKey.teamId, apiKeyId: error.apiKey.id }, error)
    throw error
  }
}
