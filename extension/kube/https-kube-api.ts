import type { IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import type { Credentials, Passage } from './credentials.ts'
import { Deadline } from './deadline.ts'
import { directRequest } from './direct-request.ts'
import { explainRefusal } from './explain-failure.ts'
import type { KubeApi, KubeRequest, WatchEvent } from './kube-api.ts'
import { isKubeFault, KubeError } from './kube-error.ts'
import { watchEventSchema } from './watch-event.ts'

/** The server ends a watch by then, so that silence for longer is a connection that died without a word. */
const WATCH_SECONDS = 120
const WATCH_IDLE_MS = 150_000
/** By then a connection that is silent is asked whether it is still there; TLS connections of Node 20 are not by themselves. */
const KEEP_ALIVE_MS = 30_000
const ATTEMPTS = 3
const RETRY_AFTER_MS = 250
const BROKEN = new Set(['ECONNRESET', 'EPIPE'])

interface Sending {
  path: string
  request: KubeRequest
  deadline: Deadline
}

/** Requests over kept connections. client-node gives the credentials alone, and proxies are the matter of `Credentials`. */
export class HttpsKubeApi implements KubeApi {
  readonly #server: string
  readonly #credentials: () => Promise<Credentials>
  readonly #watchIdleMs: number

  /** `credentials` loads the Kubernetes library at the first request. */
  constructor(server: string, credentials: () => Promise<Credentials>, { watchIdleMs = WATCH_IDLE_MS } = {}) {
    this.#server = server.replace(/\/$/, '')
    this.#credentials = credentials
    this.#watchIdleMs = watchIdleMs
  }

  async call<T>(path: string, schema: z.ZodType<T>, request: KubeRequest = {}): Promise<T> {
    const deadline = new Deadline(request)
    try {
      const body = await persistently(request, async () => readText(await this.#open({ path, request, deadline })))
      return parseAnswer(path, schema, body)
    } catch (error) {
      throw deadline.explain(this.#server, error)
    } finally {
      deadline.end()
    }
  }

  async *lines(path: string, request: KubeRequest & { signal: AbortSignal }): AsyncIterable<string> {
    yield* this.#stream(path, request)
  }

  async *watch(path: string, request: KubeRequest & { signal: AbortSignal }): AsyncIterable<WatchEvent> {
    const query = { watch: true, allowWatchBookmarks: true, timeoutSeconds: WATCH_SECONDS, ...request.query }
    for await (const line of this.#stream(path, { ...request, query }, this.#watchIdleMs)) {
      if (line === '') continue
      const event = parseAnswer(path, watchEventSchema, line)
      if (event.type !== 'ERROR') yield event
      else throw explainRefusal((event.object as { code?: number }).code ?? 500, JSON.stringify(event.object))
    }
  }

  /**
   * Ends quietly by the signal. With `idleMs` it is a watch, which ends quietly by a silence of that length too, and where it breaks:
   * proxies cut what is quiet, and who is really away fails the next one. The head of the answer has to come as fast as any other,
   * unless the request says that it begins late.
   */
  async *#stream(path: string, request: KubeRequest & { signal: AbortSignal }, idleMs?: number): AsyncIterable<string> {
    const deadline = new Deadline(request)
    let response: IncomingMessage | null = null
    let isIdle = false
    try {
      response = await persistently(request, () => this.#open({ path, request, deadline }))
      deadline.end()
      const { socket } = response
      if (idleMs !== undefined) {
        response.setTimeout(idleMs, () => {
          isIdle = true
          socket.destroy()
        })
      }
      yield* createInterface({ input: response, crlfDelay: Infinity })
      if (response.errored) throw response.errored
    } catch (error) {
      const isCutWatch = idleMs !== undefined && response !== null && isBreak(error)
      if (request.signal.aborted || isIdle || isCutWatch) return
      throw deadline.explain(this.#server, error)
    } finally {
      deadline.end()
      response?.destroy()
    }
  }

  /** The answer, once it is a 2xx. A credential that was refused is fetched anew once. */
  async #open(sending: Sending): Promise<IncomingMessage> {
    const credentials = await this.#credentials()
    const passage = await this.#passage(credentials, sending)
    try {
      return await this.#attempt(sending, passage)
    } catch (error) {
      if (!passage.credential || !isKubeFault(error, 'unauthenticated')) throw error
      credentials.forget(passage.credential)
    }
    const anew = await this.#passage(credentials, sending)
    return this.#attempt(sending, anew).catch((error: unknown) => {
      if (isKubeFault(error, 'unauthenticated')) return credentials.refuse(error)
      throw error
    })
  }

  /** A credential plugin has a limit of its own, and says more about it than a request that came to nothing. */
  async #passage(credentials: Credentials, { request, deadline }: Sending): Promise<Passage> {
    deadline.end()
    const passage = await untilAborted(request.signal, credentials.passage())
    deadline.begin()
    return passage
  }

  async #attempt(sending: Sending, passage: Passage): Promise<IncomingMessage> {
    const response = await this.#send(sending, passage)
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return response
    // Where the answer began late, nothing limits the rest of it any more.
    sending.deadline.begin()
    throw explainRefusal(status, await readText(response))
  }

  #send(sending: Sending, passage: Passage): Promise<IncomingMessage> {
    const { path, request, deadline } = sending
    const url = new URL(`${this.#server}${path}`)
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body))
    const method = request.method ?? 'GET'
    const headers = {
      ...passage.headers,
      'user-agent': 'kube9-vscode',
      accept: request.accept ?? 'application/json',
      ...(body && { 'content-type': request.contentType ?? 'application/json', 'content-length': body.length }),
    }
    return new Promise((resolve, reject) => {
      const agent = request.beginsLate ? passage.freshAgent : passage.agent
      const req = directRequest(url, { agent, method, headers, signal: deadline.signal })
      if (request.beginsLate) {
        const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect'
        req.once('socket', (socket) => {
          socket.once(connected, () => {
            deadline.end()
            socket.setKeepAlive(true, KEEP_ALIVE_MS)
          })
        })
      }
      req.once('response', resolve)
      req.once('error', reject)
      req.end(body)
    })
  }
}

/**
 * A connection that breaks, be it a kept one that the server had closed, says nothing of the cluster. What only reads is asked for
 * again, as kubectl does; the deadline is begun anew with each attempt.
 */
async function persistently<T>({ method = 'GET', signal }: KubeRequest, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!isBreak(error) || method !== 'GET' || attempt === ATTEMPTS || signal?.aborted) throw error
      await delay((attempt - 1) * RETRY_AFTER_MS)
    }
  }
}

function isBreak(error: unknown): boolean {
  return BROKEN.has((error as NodeJS.ErrnoException | null)?.code ?? '')
}

/** Gives up waiting, while what is waited for goes on for others. */
function untilAborted<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error('given up'))
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp))
  })
}

function parseAnswer<T>(path: string, schema: z.ZodType<T>, text: string): T {
  const what = `The API server gave an unknown shape for ${path}.`
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch (error) {
    throw new KubeError('other', what, {
      mend: 'Check that the address is that of a Kubernetes API server.',
      cause: error,
    })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new KubeError('other', what, { cause: parsed.error })
}
