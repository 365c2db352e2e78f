import { errorBodySchema } from '#contract/errors.ts'
import type { ErrorBody } from '#contract/errors.ts'
import { ServerError } from './server-error.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 1024 * 1024

export interface ServerRequest {
  method: 'GET' | 'POST'
  token?: string
  body?: string
  signal?: AbortSignal | undefined
}

/** The answer's JSON, whatever its status; `undefined` when it is none. */
export interface ServerAnswer {
  status: number
  json: unknown
}

/**
 * One request to the server. The editor's own `fetch` is used, which follows `http.proxy`, `http.noProxy` and the system's certificates
 * when the setting `http.fetchAdditionalSupport` is on, as it is by default. No redirect is followed: who answers elsewhere is not the
 * server, and a token must not go there. Throws a `ServerError` of fault `away`.
 */
export async function askServer(url: string, { method, token, body, signal }: ServerRequest): Promise<ServerAnswer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const host = new URL(url).host
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      credentials: 'omit',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    })
    return { status: response.status, json: parseJson(await boundedText(response)) }
  } catch (error) {
    if (timeout.aborted)
      throw away(`${host} did not answer within ${TIMEOUT_MS / 1000} seconds. Try again soon.`, error)
    throw away(
      `${host} cannot be reached (${reasonOf(error)}). Check the network, and http.proxy in the settings.`,
      error,
    )
  }
}

/** The error that an answer other than 2xx stands for; `body` is the contract's, where the caller found it. */
export function faultOf(status: number, body: unknown, host: string): ServerError {
  const parsed = errorBodySchema.safeParse(body)
  if (!parsed.success) {
    return status >= 500
      ? away(`${host} has a fault of its own (${status}). Try again soon.`, undefined)
      : new ServerError(
          'unexpected',
          `Something other than kube9 answered at ${host} (${status}). Check kube9.serverUrl and proxies.`,
        )
  }
  return refusal(status, parsed.data)
}

function refusal(status: number, body: ErrorBody): ServerError {
  const isAway = status >= 500 || status === 429
  return new ServerError(isAway ? 'away' : 'refused', body.message, { body })
}

function away(message: string, cause: unknown): ServerError {
  return new ServerError('away', message, { cause })
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too large')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A code such as ECONNREFUSED says more than fetch's own message, which is always the same. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return 'no answer'
  if (error.cause !== undefined) return reasonOf(error.cause)
  return (error as NodeJS.ErrnoException).code ?? error.message
}
