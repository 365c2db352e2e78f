import type { ServiceContext } from '#server/core/context.ts'
import { recordRefusal } from '#server/domain/clusters/index.ts'
import type { OperatorClaim } from '#server/domain/clusters/index.ts'
import { EndedKeyError, verifyApiKey } from './verify.ts'
import type { PresentedKey } from './verify.ts'

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
    if (error instanceof EndedKeyError) {
      const { teamId, id: apiKeyId } = error.apiKey
      await recordRefusal(ctx, { teamId, apiKeyId }, claim, error)
    }
    throw error
  }
}
