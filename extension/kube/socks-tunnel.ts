import type { Duplex } from 'node:stream'
import type { TunnelTarget } from './tunnel-target.ts'

const TIMEOUT_MS = 10_000

/** A connection to the target through a SOCKS proxy, which looks up the target's name. Rejects with the code `EPROXY` or `EPROXYTIMEOUT`. */
export async function openSocksTunnel(proxy: URL, { host, port }: TunnelTarget): Promise<Duplex> {
  const { SocksClient } = await import('socks')
  try {
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      timeout: TIMEOUT_MS,
      destination: { host, port },
      proxy: {
        type: proxy.protocol.startsWith('socks4') ? 4 : 5,
        host: proxy.hostname.replace(/^\[|\]$/g, ''),
        port: Number(proxy.port) || 1080,
        ...(proxy.username && {
          userId: decodeURIComponent(proxy.username),
          password: decodeURIComponent(proxy.password),
        }),
      },
    })
    return socket.setKeepAlive(true, 30_000)
  } catch (error) {
    const { message } = error as Error
    const code = /timed out/i.test(message) ? 'EPROXYTIMEOUT' : 'EPROXY'
    throw Object.assign(new Error(message, { cause: error }), { code })
  }
}
