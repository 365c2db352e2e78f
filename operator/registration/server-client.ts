import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import type { z } from 'zod'
import { collectionReceiptSchema } from '#contract/collections.ts'
import type { Collection, CollectionReceipt } from '#contract/collections.ts'
import { CLUSTER_TOKEN_HEADER } from '#contract/headers.ts'
import { deregisterResponseSchema, heartbeatResponseSchema, registerResponseSchema } from '#contract/operator-api.ts'
import type {
  DeregisterRequest,
  DeregisterResponse,
  HeartbeatRequest,
  HeartbeatResponse,
  RegisterRequest,
  RegisterResponse,
} from '#contract/operator-api.ts'
import type { OperatorRouter } from '#contract/router-types.ts'
import { exchange } from './exchange.ts'
import type { Send } from './exchange.ts'
import { ServerFaultError, away, faultOf } from './server-fault.ts'

/** Who calls, and until when. */
export interface Caller {
  apiKey: string
  clusterToken: string | null
  signal: AbortSignal
}

/** The calls of the operator's router. Each throws a `ServerFaultError`, and nothing else. */
export interface ServerClient {
  register(caller: Caller, request: RegisterRequest): Promise<RegisterResponse>
  heartbeat(caller: Caller, request: HeartbeatRequest): Promise<HeartbeatResponse>
  collect(caller: Caller, request: Collection): Promise<CollectionReceipt>
  deregister(caller: Caller, request: DeregisterRequest): Promise<DeregisterResponse>
}

/** A collection may be a mebibyte, and the way slow. */
const COLLECT_TIMEOUT_MS = 60_000

/** A client that opens no connection before its first call. */
export function createServerClient(serverUrl: string, send: Send = exchange): ServerClient {
  const routerFor = ({ apiKey, clusterToken, signal }: Caller, timeoutMs?: number) =>
    createTRPCClient<OperatorRouter>({
      links: [
        httpLink({
          url: `${serverUrl}/trpc/operator`,
          headers: {
            authorization: `Bearer ${apiKey}`,
            ...(clusterToken === null ? {} : { [CLUSTER_TOKEN_HEADER]: clusterToken }),
          },
          fetch: (url: unknown, init?: { headers?: unknown; body?: unknown }) =>
            post(send, new URL(String(url)), init, timeoutMs === undefined ? { signal } : { signal, timeoutMs }),
        }),
      ],
    })
  return {
    register: (caller, request) => checked(registerResponseSchema, routerFor(caller).register.mutate(request)),
    heartbeat: (caller, request) => checked(heartbeatResponseSchema, routerFor(caller).heartbeat.mutate(request)),
    collect: (caller, request) =>
      checked(collectionReceiptSchema, routerFor(caller, COLLECT_TIMEOUT_MS).collect.mutate(request)),
    deregister: (caller, request) => checked(deregisterResponseSchema, routerFor(caller).deregister.mutate(request)),
  }
}

/** tRPC's fetch over node:https, which holds 10 MB less than Node's own, and tells the server's word from anyone else's. */
async function post(
  send: Send,
  url: URL,
  init: { headers?: unknown; body?: unknown } | undefined,
  limits: { signal: AbortSignal; timeoutMs?: number },
) {
  const headers = init?.headers as Record<string, string>
  const body = typeof init?.body === 'string' ? init.body : ''
  const answer = await send(url, { method: 'POST', headers, body, ...limits })
  const json = parseJson(answer.text)
  if (answer.status !== 200) throw new ServerFaultError(faultOf(answer.status, bodyOf(json), answer.retryAfter))
  return { ok: true, json: () => Promise.resolve(json) }
}

/** The answer, when it has the contract's shape. The router's types are no protocol: servers and operators age apart. */
async function checked<T>(schema: z.ZodType<T>, call: Promise<unknown>): Promise<T> {
  const answer = await call.catch((error: unknown) => {
    const cause = error instanceof TRPCClientError ? error.cause : error
    throw cause instanceof ServerFaultError ? cause : away('UnexpectedAnswer', "the answer was not kube9's", error)
  })
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw away('UnexpectedAnswer', 'the answer has not the shape of this contract', parsed.error)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The contract's body inside tRPC's error. */
function bodyOf(json: unknown): unknown {
  return (json as { error?: { data?: { kube9?: unknown } } } | null | undefined)?.error?.data?.kube9
}
