import { REFRESH_REPEAT_SECONDS } from '#contract/extension-api.ts'
import type { TokenResponse } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSealer } from '#server/platform/sealed.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'
import { endMatchingEditors } from './end-matching.ts'
import { holdEditor } from './hold-editor.ts'
import { addRefreshToken, tokenAnswer } from './issue-tokens.ts'
import { refusedGrant } from './limits.ts'

const PURPOSE = 'successor of a refresh token'

/**
 * Changes a refresh token into its successor and a new access token. Windows that refresh at once get the same successor; a
 * repeat after that time ends the editor, since somebody else holds the token too. Throws UNAUTHENTICATED, TOO_MANY_REQUESTS.
 */
export async function refreshTokens(
  ctx: ServiceContext,
  input: { refreshToken: string; clientAddress: string },
): Promise<TokenResponse> {
  const answer = await inTransaction(ctx, (tx) => rotate(ctx, tx, hashSecretToken(input.refreshToken)))
  if (!answer) throw await refusedGrant(ctx, input.clientAddress)
  return answer
}

/** Null is a refusal: what it changed stays changed. */
async function rotate(
  ctx: ServiceContext,
  tx: Transaction,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<TokenResponse | null> {
  const where = { tokenHash }
  const known = await tx.editorRefreshToken.findUnique({ where, select: { editorId: true } })
  if (!known || !(await holdEditor(ctx, tx, known.editorId))) return null
  // Read again: another window may have used it while this one waited.
  const token = await tx.editorRefreshToken.findUniqueOrThrow({
    where,
    select: { id: true, usedAt: true, sealedSuccessor: true },
  })
  const { editorId } = known
  const refreshToken = token.usedAt
    ? repeatedSuccessor(ctx, token.usedAt, token.sealedSuccessor)
    : await newSuccessor(ctx, tx, { id: token.id, editorId })
  if (refreshToken !== null) return tokenAnswer(ctx, tx, { editorId, refreshToken })
  await endMatchingEditors(ctx, tx, { id: editorId }, 'refresh-token-used-late')
  return null
}

async function newSuccessor(
  ctx: ServiceContext,
  tx: Transaction,
  token: { id: string; editorId: string },
): Promise<string> {
  const successor = await addRefreshToken(ctx, tx, token.editorId)
  const now = ctx.clock.now()
  await tx.editorRefreshToken.update({
    where: { id: token.id },
    data: { usedAt: now, sealedSuccessor: createSealer(ctx.env.signingSecret, PURPOSE).seal(successor) },
    select: { id: true },
  })
  await tx.connectedEditor.update({ where: { id: token.editorId }, data: { lastSeenAt: now }, select: { id: true } })
  return successor
}

function repeatedSuccessor(ctx: ServiceContext, usedAt: Date, sealed: Uint8Array | null): string | null {
  const ageMs = ctx.clock.now().getTime() - usedAt.getTime()
  if (sealed === null || ageMs > REFRESH_REPEAT_SECONDS * 1000) return null
  return createSealer(ctx.env.signingSecret, PURPOSE).open(sealed)
}
