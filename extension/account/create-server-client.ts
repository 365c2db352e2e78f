import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import type { z } from 'zod'
import {
  accountSchema,
  clusterStandingSchema,
  installationKeySchema,
  webviewCodeSchema,
} from '#contract/extension-api.ts'
import type { ExtensionRouter } from '#contract/router-types.ts'
import { SignedOutError } from './account.ts'
import type { ServerClient } from './server-client.ts'
import { ServerError } from './server-error.ts'
import { askServer, faultOf } from './server-request.ts'
import type { ServerAnswer } from './server-request.ts'

/** Where a client's tokens come from. */
export interface Tokens {
  accessToken(): Promise<string>
  tokenAfter(refused: string): Promise<string>
}

/** A client that opens no connection before its first call. */
export function createServerClient(serverUrl: string, tokens: Tokens): ServerClient {
  const host = new URL(serverUrl).host
  const router = createTRPCClient<ExtensionRouter>({
    links: [
      httpLink({
        url: `${serverUrl}/trpc/extension`,
        fetch: (url: unknown, init?: { method?: string; body?: unknown }) => ask(String(url), init ?? {}, tokens),
      }),
    ],
  })
  /** The answer, when it has the contract's shape. The router's types are no protocol: servers and editors age apart. */
  const checked = async <T>(schema: z.ZodType<T>, call: Promise<unknown>): Promise<T> => {
    const parsed = schema.safeParse(await call.catch((error: unknown) => rethrow(error, host)))
    if (parsed.success) return parsed.data
    // Without the issues: they may quote what was answered, such as a key.
    throw new ServerError('unexpected', `${host} answered in a form that this version of the extension does not know.`)
  }
  return {
    readAccount: () => checked(accountSchema, router.account.read.query()),
    readStanding: (reference) =>
      checked(clusterStandingSchema, router.clusters.standing.query(reference)).catch((error: unknown) => {
        if (error instanceof ServerError && error.code === 'NOT_FOUND') return null
        throw error
      }),
    createInstallationKey: (input) => checked(installationKeySchema, router.installations.createKey.mutate(input)),
    issueWebviewCode: (input) => checked(webviewCodeSchema, router.webviews.issueCode.mutate(input)),
  }
}

/** tRPC's fetch, with the account's token; one that the server refuses is changed once. */
async function ask(url: string, init: { method?: string; body?: unknown }, tokens: Tokens) {
  const request = {
    method: init.method === 'GET' ? ('GET' as const) : ('POST' as const),
    ...(typeof init.body === 'string' ? { body: init.body } : {}),
  }
  const token = await tokens.accessToken()
  let answer = await askServer(url, { ...request, token })
  if (isTokenRefused(answer)) answer = await askServer(url, { ...request, token: await tokens.tokenAfter(token) })
  if (answer.status !== 200) throw faultOf(answer.status, bodyOf(answer.json), new URL(url).host)
  const { json } = answer
  return { ok: true, json: () => Promise.resolve(json) }
}

function isTokenRefused({ status, json }: ServerAnswer): boolean {
  return status === 401 && (bodyOf(json) as { code?: unknown } | undefined)?.code === 'UNAUTHENTICATED'
}

/** The contract's body inside tRPC's error. */
function bodyOf(json: unknown): unknown {
  return (json as { error?: { data?: { kube9?: unknown } } } | null | undefined)?.error?.data?.kube9
}

function rethrow(error: unknown, host: string): never {
  const cause = error instanceof TRPCClientError ? error.cause : error
  if (cause instanceof ServerError || cause instanceof SignedOutError) throw cause
  throw new ServerError(
    'unexpected',
    `Something other than kube9 answered at ${host}. Check kube9.serverUrl and proxies.`,
    {
      cause: error,
    },
  )
}
