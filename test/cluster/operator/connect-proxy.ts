import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface ConnectProxy {
  url: string
  /** Every `host:port` to which a tunnel was asked for. */
  destinations: string[]
  stop: () => void
}

/** A forward proxy as companies run them: it opens tunnels, and notes where to. */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const destinations: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((_req, res) => res.writeHead(405).end())
  server.on('connect', (req, client: Socket) => {
    destinations.push(req.url ?? '')
    const { hostname, port } = new URL(`http://${req.url}`)
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(target).pipe(client)
    })
    for (const socket of [client, target]) sockets.add(socket)
    target.once('error', () => client.destroy())
    client.once('error', () => target.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    destinations,
    stop: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
