import type { TokenRequest, TokenResponse } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { inTransaction } from '#server/core/transaction.ts'
import type { Transaction } from '#server/platform/database.ts'
import { hashSecretToken } from '#server/platform/secret-token.ts'
import { announceEditor } from './announce.ts'
import { endMatchingEditors } from './end-matching.ts'
import { addRefreshToken, tokenAnswer } from './issue-tokens.ts'
import { refusedGrant } from './limits.ts'
import { provesChallenge } from './proves-challenge.ts'

type CodeGrant = Omit<Extract<TokenRequest, { grantType: 'authorization_code' }>, 'grantType'>

/**
 * Changes a code of the consent page into the tokens of a newly connected editor. Any use uses the code up, and a second one
 * ends the editor that the first connected, since one of the two was a thief. Throws UNAUTHENTICATED, TOO_MANY_REQUESTS.
 */
export async function redeemCode(
  ctx: ServiceContext,
  input: CodeGrant & { clientAddress: string },
): Promise<TokenResponse> {
  const answer = await inTransaction(ctx, (tx) => useCode(ctx, tx, input))
  if (!answer) throw await refusedGrant(ctx, input.clientAddress)
  return answer
}

/** Null is a refusal: what it changed stays changed. */
async function useCode(ctx: ServiceContext, tx: Transaction, input: CodeGrant): Promise<TokenResponse | null> {
  const codeHash = hashSecretToken(input.code)
  const sessionLives = await holdSession(ctx, tx, codeHash)
  const [code] = await tx.editorCode.updateManyAndReturn({
    where: { codeHash, usedAt: null },
    data: { usedAt: ctx.clock.now() },
    select: { id: true, userId: true, editorName: true, redirectUri: true, challenge: true, expiresAt: true },
  })
  if (!code) {
    await endMatchingEditors(ctx, tx, { codes: { some: { codeHash } } }, 'code-used-twice')
    return null
  }
  const fits =
    sessionLives &&
    code.expiresAt > ctx.clock.now() &&
    code.redirectUri === input.redirectUri &&
    provesChallenge(input.codeVerifier, code.challenge)
  return fits ? connect(ctx, tx, code) : null
}

/**
 * Whether the session that the code was made in is still there. It is held until the commit, and before the code: whoever
 * ends sessions takes them in this order too.
 */
async function holdSession(ctx: ServiceContext, tx: Transaction, codeHash: Uint8Array): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM sessions s JOIN editor_codes c ON c.session_id = s.id JOIN users u ON u.id = s.user_id
    WHERE c.code_hash = ${codeHash} AND s.expires_at > ${ctx.clock.now()}
    AND u.email_verified_at IS NOT NULL AND u.deleted_at IS NULL
    FOR SHARE OF s`
  return rows.length > 0
}

async function connect(
  ctx: ServiceContext,
  tx: Transaction,
  code: { id: string; userId: string; editorName: string },
): Promise<TokenResponse> {
  const { userId } = code
  const now = ctx.clock.now()
  const { id: editorId } = await tx.connectedEditor.create({
    data: { userId, name: code.editorName, connectedAt: now, lastSeenAt: now },
    select: { id: true },
  })
  await tx.editorCode.update({ where: { id: code.id }, data: { editorId }, select: { id: true } })
  const asEditor: ServiceContext = { ...ctx, actor: { kind: 'editor', userId, editorId, memberships: [] } }
  await announceEditor(asEditor, tx, { editorId, userId, action: 'editor.connected' })
  return tokenAnswer(ctx, tx, { editorId, refreshToken: await addRefreshToken(ctx, tx, editorId) })
}
