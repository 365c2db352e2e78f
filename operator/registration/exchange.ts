import { request as requestHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { USER_AGENT } from '../version.ts'
import { away } from './server-fault.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 256 * 1024

export interface Exchange {
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal
  /** 10 s unless it says otherwise. */
  timeoutMs?: number
}

export interface Answer {
  status: number
  retryAfter: string | undefined
  text: string
}

/** How a request is sent. Throws a `ServerFaultError` of kind `away`. */
export type Send = (url: URL, exchange: Exchange) => Promise<Answer>

/**
 * One request to the server and its whole answer, in time and within 256 KiB. It follows no redirect: who answers elsewhere is not the
 * server. Proxy and certificate authorities come from Node's own variables. Throws a `ServerFaultError` of kind `away`.
 */
export async function exchange(
  url: URL,
  { method, headers, body, signal, timeoutMs = TIMEOUT_MS }: Exchange,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const send = url.protocol === 'http:' ? requestHttp : requestHttps
      const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const allHeaders = { accept: 'application/json', 'user-agent': USER_AGENT, ...headers, ...length }
      const req = send(url, { method, headers: allHeaders, signal: either }, resolve)
      req.once('error', reject)
      req.end(body)
    })
    const text = await readBounded(response)
    return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text }
  } catch (error) {
    if (timeout.aborted) throw away('ServerTimeout', `no answer from ${url.host} within ${timeoutMs / 1000} s`, error)
    throw away('ServerUnreachable', `${url.host} cannot be reached (${reasonOf(error)})`, error)
  }
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A code such as ECONNREFUSED says more than the message, which may name addresses twice. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return (error as NodeJS.ErrnoException).code ?? error.message
}
