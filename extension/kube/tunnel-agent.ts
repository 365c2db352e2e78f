import { Agent as HttpAgent } from 'node:http'
import { Agent } from 'node:https'
import type { AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { directRequest } from './direct-request.ts'

const TUNNEL_TIMEOUT_MS = 10_000

/** Keeps connections that go through an HTTP proxy's CONNECT. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL

  constructor(proxy: URL, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(
    options: ConnectionOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    this.#open(options).then(
      (socket) => callback?.(null, connect({ ...options, socket })),
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    )
    return undefined
  }

  #open({ host, port }: ConnectionOptions): Promise<Duplex> {
    const { protocol, username, password } = this.#proxy
    const target = `${host?.includes(':') ? `[${host}]` : host}:${port}`
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    return new Promise((resolve, reject) => {
      const tunnel = directRequest(this.#proxy, {
        agent: protocol === 'https:' ? new Agent() : new HttpAgent(),
        method: 'CONNECT',
        path: target,
        timeout: TUNNEL_TIMEOUT_MS,
        headers: {
          host: target,
          ...(username ? { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` } : {}),
        },
      })
      tunnel.once('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) return resolve(socket.setKeepAlive(true, 30_000))
        socket.destroy()
        reject(Object.assign(new Error(`The proxy ${this.#proxy.host} answered ${statusCode}`), { code: 'EPROXY' }))
      })
      tunnel.once('timeout', () => tunnel.destroy(Object.assign(new Error('No answer'), { code: 'EPROXYTIMEOUT' })))
      tunnel.once('error', (error: NodeJS.ErrnoException) =>
        reject(Object.assign(new Error(error.message, { cause: error }), { code: error.code ?? 'EPROXY' })),
      )
      tunnel.end()
    })
  }
}
