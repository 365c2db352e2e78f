import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import { directRequest } from './direct-request.ts'
import type { TunnelTarget } from './tunnel-target.ts'

const TIMEOUT_MS = 10_000

/** A connection to the target through an HTTP proxy. Rejects with a `code` that says what failed: `EPROXY`, `EPROXYTIMEOUT`, or the network's. */
export function openHttpTunnel(proxy: URL, { host, port }: TunnelTarget): Promise<Duplex> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const { protocol, username, password } = proxy
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return new Promise((resolve, reject) => {
    const tunnel = directRequest(proxy, {
      agent: protocol === 'https:' ? new HttpsAgent() : new HttpAgent(),
      method: 'CONNECT',
      path: target,
      timeout: TIMEOUT_MS,
      headers: {
        host: target,
        ...(username ? { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` } : {}),
      },
    })
    tunnel.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket.setKeepAlive(true, 30_000))
      socket.destroy()
      reject(Object.assign(new Error(`The proxy ${proxy.host} answered ${statusCode}`), { code: 'EPROXY' }))
    })
    tunnel.once('timeout', () => tunnel.destroy(Object.assign(new Error('No answer'), { code: 'EPROXYTIMEOUT' })))
    tunnel.once('error', (error: NodeJS.ErrnoException) =>
      reject(Object.assign(new Error(error.message, { cause: error }), { code: error.code ?? 'EPROXY' })),
    )
    tunnel.end()
  })
}
