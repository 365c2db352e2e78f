import { WEBVIEW_CODE_SECONDS } from '#contract/extension-api.ts'
import type { WebviewCode } from '#contract/extension-api.ts'
import { authorise } from '#server/core/authorise.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { inTransaction } from '#server/core/transaction.ts'
import { createSecretToken } from '#server/platform/secret-token.ts'
import { holdEditor } from './hold-editor.ts'
import { secondsFromNow } from './lifetimes.ts'
import { limitWebviewCodes } from './limits.ts'

type WebviewCodeInput = { teamId: string; clusterId: string; challenge: string }

/**
 * A code for the page of one cluster inside the calling editor, for whoever knows the challenge's verifier. Throws NOT_FOUND
 * for a cluster that is not there, UNAUTHENTICATED when the editor was ended in this moment, TOO_MANY_REQUESTS.
 */
export async function issueWebviewCode(ctx: ServiceContext, input: WebviewCodeInput): Promise<WebviewCode> {
  const { teamId, clusterId, challenge } = input
  authorise(ctx, 'webviews.open', { teamId, clusterId })
  if (ctx.actor.kind !== 'editor') throw new ServiceError('FORBIDDEN', 'Only an editor can open a page inside itself.')
  const { editorId } = ctx.actor
  const cluster = await ctx.db.cluster.findFirst({
    where: { teamId, clusterId, deletedAt: null },
    select: { id: true },
  })
  if (!cluster) throw new ServiceError('NOT_FOUND', 'There is no such cluster in this team.')
  await limitWebviewCodes(ctx, editorId)
  const { token: code, hash } = createSecretToken()
  const createdAt = ctx.clock.now()
  const expiresAt = secondsFromNow(ctx, WEBVIEW_CODE_SECONDS)
  await inTransaction(ctx, async (tx) => {
    if (!(await holdEditor(ctx, tx, editorId))) {
      throw new ServiceError('UNAUTHENTICATED', 'This sign-in has ended. Sign in to kube9 again in your editor.')
    }
    await tx.webviewGrant.create({
      data: { teamId, clusterRowId: cluster.id, editorId, codeHash: hash, challenge, createdAt, expiresAt },
      select: { id: true },
    })
  })
  return { code, expiresInSeconds: WEBVIEW_CODE_SECONDS }
}
