import { AUTHORIZATION_CODE_SECONDS } from '#contract/extension-api.ts'
import type { ConnectRequest } from '#contract/extension-api.ts'
import type { ConnectionGrant } from '#contract/portal-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { ServiceError } from '#server/core/errors.ts'
import { requireUser } from '#server/core/require-user.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSecretToken } from '#server/platform/secret-token.ts'
import { destinationOf, withAnswer } from './destination.ts'
import { secondsFromNow } from './lifetimes.ts'
import { limitCodes } from './limits.ts'

/**
 * The caller's own click on the consent page: makes the code for what the page named, bound to its address, its challenge and
 * this session. Throws INVALID_REQUEST for an address that no code may go to, TOO_MANY_REQUESTS.
 */
export async function authoriseConnection(ctx: ServiceContext, request: ConnectRequest): Promise<ConnectionGrant> {
  const { userId, sessionId } = requireUser(ctx)
  const destination = destinationOf(request.redirect_uri, ctx.env.editorOrigins)
  if (!destination) {
    throw new ServiceError('INVALID_REQUEST', 'No editor can be connected at this address. Start again in your editor.')
  }
  await limitCodes(ctx, userId)
  const { token: code, hash } = createSecretToken()
  await inTransaction(ctx, async (tx) => {
    await holdSession(tx, sessionId)
    await tx.editorCode.create({
      data: {
        codeHash: hash,
        userId,
        sessionId,
        editorName: request.editor,
        redirectUri: request.redirect_uri,
        challenge: request.code_challenge,
        createdAt: ctx.clock.now(),
        expiresAt: secondsFromNow(ctx, AUTHORIZATION_CODE_SECONDS),
      },
      select: { id: true },
    })
  })
  const expiresInSeconds = AUTHORIZATION_CODE_SECONDS
  if (destination.kind === 'paste') return { kind: 'paste', code, expiresInSeconds }
  const redirectTo = withAnswer(request.redirect_uri, { code, state: request.state })
  return { kind: 'redirect', redirectTo, expiresInSeconds }
}

/** Throws UNAUTHENTICATED when the session was ended in this moment. */
async function holdSession(tx: Transaction, sessionId: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT id FROM sessions WHERE id = ${sessionId}::uuid FOR KEY SHARE`
  if (rows.length === 0) throw new ServiceError('UNAUTHENTICATED', 'Your session has ended. Sign in again to go on.')
}
