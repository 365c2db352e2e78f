import { Agent, request } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'

export interface ApiClientOptions {
  host: string
  port: number
  token: string
  caPem: string
}

export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  object: T
}

interface Call {
  method: string
  path: string
  body?: unknown
  contentType?: string
  signal?: AbortSignal
}

const CALL_TIMEOUT_MS = 30_000

export const STRATEGIC_MERGE_PATCH = 'application/strategic-merge-patch+json'

/** An answer of the API server that is not a success. `status` is the HTTP status. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Requests and watches of one identity. Small on purpose: node and pods need six verbs and no cache. */
export class ApiClient {
  readonly #options: ApiClientOptions
  readonly #agent = new Agent({ keepAlive: true })

  constructor(options: ApiClientOptions) {
    this.#options = options
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>({ method: 'GET', path })
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>({ method: 'POST', path, body })
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>({ method: 'PUT', path, body })
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>({ method: 'PATCH', path, body, contentType: STRATEGIC_MERGE_PATCH })
  }

  delete<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>({ method: 'DELETE', path, body })
  }

  /** The events of a watch until the API server ends it or the signal aborts. */
  async *watch<T>(path: string, signal: AbortSignal): AsyncGenerator<WatchEvent<T>> {
    const response = await this.#send({ method: 'GET', path, signal })
    if (response.statusCode !== 200) throw await failure(response)
    for await (const line of createInterface({ input: response })) {
      if (line) yield JSON.parse(line) as WatchEvent<T>
    }
  }

  async #call<T>(call: Call): Promise<T> {
    const response = await this.#send({ signal: AbortSignal.timeout(CALL_TIMEOUT_MS), ...call })
    if ((response.statusCode ?? 500) >= 300) throw await failure(response)
    return JSON.parse(await readText(response)) as T
  }

  #send({ method, path, body, contentType = 'application/json', signal }: Call): Promise<IncomingMessage> {
    const { host, port, token, caPem } = this.#options
    const payload = body === undefined ? null : Buffer.from(JSON.stringify(body))
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' }
    if (payload) {
      headers['content-type'] = contentType
      // Node sends no length for the body of a DELETE by itself, and the rest would spoil the connection.
      headers['content-length'] = String(payload.length)
    }
    return new Promise((resolve, reject) => {
      const req = request({ host, port, path, method, headers, ca: caPem, agent: this.#agent, signal }, resolve)
      req.once('error', reject)
      req.end(payload ?? undefined)
    })
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string
  return text
}

async function failure(response: IncomingMessage): Promise<ApiError> {
  const text = await readText(response)
  return new ApiError(response.statusCode ?? 500, messageOf(text))
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text
  } catch {
    return text
  }
}
