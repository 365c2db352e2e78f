import { revokeResponseSchema, tokenResponseSchema } from '#contract/extension-api.ts'
import type { TokenRequest, TokenResponse } from '#contract/extension-api.ts'
import { ServerError } from './server-error.ts'
import { askServer, faultOf } from './server-request.ts'

/** What the portal's consent gave, ready to be changed into tokens. */
export type Grant = { code: string; codeVerifier: string; redirectUri: string }

/** The server's calls about tokens. Each throws a `ServerError`. */
export interface TokenEndpoint {
  exchange(grant: Grant): Promise<TokenResponse>
  refresh(refreshToken: string): Promise<TokenResponse>
  /** Ends the connected editor that the token belongs to. */
  revoke(refreshToken: string): Promise<void>
}

export function createTokenEndpoint(serverUrl: string): TokenEndpoint {
  const post = async (path: string, body: object): Promise<unknown> => {
    const { status, json } = await askServer(serverUrl + path, { method: 'POST', body: JSON.stringify(body) })
    if (status === 200) return json
    throw faultOf(status, json, new URL(serverUrl).host)
  }
  const askForTokens = async (request: TokenRequest) => {
    const parsed = tokenResponseSchema.safeParse(await post('/v1/extension/token', request))
    if (parsed.success) return parsed.data
    throw unexpected(serverUrl)
  }
  return {
    exchange: (grant) => askForTokens({ grantType: 'authorization_code', ...grant }),
    refresh: (refreshToken) => askForTokens({ grantType: 'refresh_token', refreshToken }),
    revoke: async (refreshToken) => {
      const answer = await post('/v1/extension/revoke', { refreshToken })
      if (!revokeResponseSchema.safeParse(answer).success) throw unexpected(serverUrl)
    },
  }
}

/** Without the parsed value or its issues: an answer of tokens must not end in a message. */
function unexpected(serverUrl: string): ServerError {
  return new ServerError('unexpected', `${new URL(serverUrl).host} answered in a form that this version does not know.`)
}
