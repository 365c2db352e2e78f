import { localFetch } from './local-fetch.ts'

/** The error body and data of a tRPC answer. */
export type TrpcAnswer<T> = {
  status: number
  headers: Headers
  data: T | null
  error: { code: string; message: string } | null
}

/** Speaks to a portal as a browser does: keeps cookies, sends its origin with what is not a GET. */
export class PortalBrowser {
  readonly #url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.#url = url
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') headers.set('cookie', cookie)
    if ((init.method ?? 'GET') !== 'GET' && !headers.has('origin')) headers.set('origin', this.#url)
    const answer = await localFetch(new URL(path, this.#url), { ...init, headers })
    for (const line of answer.headers.getSetCookie()) this.#keep(line)
    return answer
  }

  async mutate<T>(procedure: string, input: unknown = {}): Promise<TrpcAnswer<T>> {
    const answer = await this.fetch(`/api/trpc/${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return readTrpc<T>(answer)
  }

  async query<T>(procedure: string, input?: unknown): Promise<TrpcAnswer<T>> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return readTrpc<T>(await this.fetch(`/api/trpc/${procedure}${search}`))
  }

  /** Posts a form of next-auth's with its token against forged requests. */
  async postToAuth(path: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    return this.fetch(`/api/auth/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    })
  }

  async signIn(email: string, password: string): Promise<Response> {
    return this.postToAuth('callback/credentials', { email, password, callbackUrl: '/home' })
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';')
    const at = pair.indexOf('=')
    const over = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))
    if (over) this.#cookies.delete(pair.slice(0, at))
    else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

type TrpcBody<T> = { result?: { data: T }; error?: { data: { kube9: { code: string; message: string } } } }

async function readTrpc<T>(answer: Response): Promise<TrpcAnswer<T>> {
  const body = (await answer.json()) as TrpcBody<T>
  return {
    status: answer.status,
    headers: answer.headers,
    data: body.result?.data ?? null,
    error: body.error?.data.kube9 ?? null,
  }
}
