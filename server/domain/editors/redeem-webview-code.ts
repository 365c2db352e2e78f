import { WEBVIEW_TOKEN_SECONDS } from '#contract/extension-api.ts'
import type { WebviewTokenResponse } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSecretToken, hashSecretToken } from '#server/platform/secret-token.ts'
import { secondsFromNow } from './lifetimes.ts'
import { refusedGrant } from './limits.ts'
import { provesChallenge } from './proves-challenge.ts'

type WebviewGrantInput = { code: string; verifier: string }

/**
 * Changes a code into the token of a page inside an editor, for the one cluster that the code names. Any use uses the code up,
 * and a second one ends the token that the first gave. Throws UNAUTHENTICATED, TOO_MANY_REQUESTS.
 */
export async function redeemWebviewCode(
  ctx: ServiceContext,
  input: WebviewGrantInput & { clientAddress: string },
): Promise<WebviewTokenResponse> {
  const answer = await inTransaction(ctx, (tx) => useCode(ctx, tx, input))
  if (!answer) throw await refusedGrant(ctx, input.clientAddress)
  return answer
}

/** Null is a refusal: what it changed stays changed. */
async function useCode(
  ctx: ServiceContext,
  tx: Transaction,
  { code, verifier }: WebviewGrantInput,
): Promise<WebviewTokenResponse | null> {
  const codeHash = hashSecretToken(code)
  const now = ctx.clock.now()
  const [grant] = await tx.webviewGrant.updateManyAndReturn({
    where: { codeHash, usedAt: null },
    data: { usedAt: now },
    select: { teamId: true, id: true, challenge: true, expiresAt: true },
  })
  if (!grant) {
    await tx.webviewGrant.deleteMany({ where: { codeHash } })
    return null
  }
  if (grant.expiresAt <= now || !provesChallenge(verifier, grant.challenge)) return null
  const { token, hash } = createSecretToken()
  const { teamId, cluster } = await tx.webviewGrant.update({
    where: { teamId_id: { teamId: grant.teamId, id: grant.id } },
    data: { tokenHash: hash, expiresAt: secondsFromNow(ctx, WEBVIEW_TOKEN_SECONDS) },
    select: { teamId: true, cluster: { select: { clusterId: true } } },
  })
  return { teamId, clusterId: cluster.clusterId, accessToken: token, expiresInSeconds: WEBVIEW_TOKEN_SECONDS }
}
