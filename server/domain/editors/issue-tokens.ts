import { ACCESS_TOKEN_SECONDS } from '#contract/extension-api.ts'
import type { TokenResponse } from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createSecretToken } from '#server/platform/secret-token.ts'
import { secondsFromNow } from './lifetimes.ts'

/** One more link of an editor's chain of refresh tokens. */
export async function addRefreshToken(ctx: ServiceContext, tx: Transaction, editorId: string): Promise<string> {
  const { token, hash } = createSecretToken()
  await tx.editorRefreshToken.create({
    data: { editorId, tokenHash: hash, createdAt: ctx.clock.now() },
    select: { id: true },
  })
  return token
}

/** What an editor is answered: a new access token beside `refreshToken`. */
export async function tokenAnswer(
  ctx: ServiceContext,
  tx: Transaction,
  { editorId, refreshToken }: { editorId: string; refreshToken: string },
): Promise<TokenResponse> {
  const { token, hash } = createSecretToken()
  await tx.editorAccessToken.create({
    data: {
      editorId,
      tokenHash: hash,
      createdAt: ctx.clock.now(),
      expiresAt: secondsFromNow(ctx, ACCESS_TOKEN_SECONDS),
    },
    select: { id: true },
  })
  return { accessToken: token, expiresInSeconds: ACCESS_TOKEN_SECONDS, refreshToken }
}
