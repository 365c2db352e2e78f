import { errorBodySchema } from '#contract/errors.ts'
import { webviewTokenResponseSchema } from '#contract/extension-api.ts'
import type { WebviewTokenResponse } from '#contract/extension-api.ts'
import { RequestFailed } from '../data/request-failed.ts'

const PATH = '/v1/extension/webview-token'
const TIMEOUT_MS = 15_000

/** Trades a code and the verifier that never left this page for a token. Throws RequestFailed. */
export async function redeemCode(code: string, verifier: string): Promise<WebviewTokenResponse> {
  const answer = await fetch(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, verifier }),
    credentials: 'omit',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw RequestFailed.unreachable(cause)
  })
  const body: unknown = await answer.json().catch(() => null)
  const token = webviewTokenResponseSchema.safeParse(body)
  if (answer.ok && token.success) return token.data
  throw RequestFailed.of(errorBodySchema.safeParse(body).data)
}
