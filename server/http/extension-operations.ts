import type { z } from 'zod'
import {
  revokeRequestSchema,
  revokeResponseSchema,
  tokenRequestSchema,
  tokenResponseSchema,
  webviewTokenRequestSchema,
  webviewTokenResponseSchema,
} from '#contract/extension-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { redeemCode, redeemWebviewCode, refreshTokens, revokeEditor } from '#server/domain/editors/index.ts'

/** One public path of editors. What it takes proves itself by a code or a token in the body; no header says who calls. */
export type ExtensionOperation = {
  method: 'POST'
  path: `/v1/extension/${string}`
  summary: string
  request: z.ZodType
  response: z.ZodType
  withoutKey: true
  run(ctx: ServiceContext, body: unknown, clientAddress: string): Promise<unknown>
}

export const extensionOperations: readonly ExtensionOperation[] = [
  {
    method: 'POST',
    path: '/v1/extension/token',
    summary: 'Change a code of the consent page, or a refresh token, into tokens of an editor.',
    request: tokenRequestSchema,
    response: tokenResponseSchema,
    withoutKey: true,
    run: async (ctx, body, clientAddress) => {
      const grant = { ...tokenRequestSchema.parse(body), clientAddress }
      return grant.grantType === 'refresh_token' ? refreshTokens(ctx, grant) : redeemCode(ctx, grant)
    },
  },
  {
    method: 'POST',
    path: '/v1/extension/revoke',
    summary: 'Sign an editor out. An unknown token is answered the same.',
    request: revokeRequestSchema,
    response: revokeResponseSchema,
    withoutKey: true,
    run: async (ctx, body) => {
      await revokeEditor(ctx, revokeRequestSchema.parse(body))
      return { status: 'revoked' }
    },
  },
  {
    method: 'POST',
    path: '/v1/extension/webview-token',
    summary: 'Change a code of the extension host into the token of a page inside an editor.',
    request: webviewTokenRequestSchema,
    response: webviewTokenResponseSchema,
    withoutKey: true,
    run: (ctx, body, clientAddress) =>
      redeemWebviewCode(ctx, { ...webviewTokenRequestSchema.parse(body), clientAddress }),
  },
]
