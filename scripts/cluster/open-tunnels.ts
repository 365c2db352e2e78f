import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { join } from 'node:path'
import { joinSockets } from './join-sockets.ts'
import { API_SERVER_SOCKET, forwardSocket } from './sandbox/protocol.ts'

export interface TunnelTarget {
  name: string
  to: { host: string; port: number }
}

/** The outer ends of what crosses the sandbox's wall. */
export interface Tunnels {
  /** Loopback port that leads to the API server inside. */
  apiServerPort: number
  close: () => void
}

/** Opens the outer ends: a loopback port towards the API server, and a Unix socket for each thing that pods reach outside. */
export async function openTunnels(stateFolder: string, targets: TunnelTarget[]): Promise<Tunnels> {
  const sockets = new Set<Socket>()
  const joinTracked = (from: Socket, to: Socket) => {
    for (const socket of [from, to]) sockets.add(socket.once('close', () => sockets.delete(socket)))
    joinSockets(from, to)
  }
  const apiServer = createServer((socket) => joinTracked(socket, connect(join(stateFolder, API_SERVER_SOCKET))))
  const servers: Server[] = [apiServer]
  await listening(apiServer.listen(0, '127.0.0.1'))
  for (const { name, to } of targets) {
    const server = createServer((socket) => joinTracked(socket, connect(to.port, to.host)))
    servers.push(server)
    await listening(server.listen(join(stateFolder, forwardSocket(name))))
  }
  return {
    apiServerPort: (apiServer.address() as AddressInfo).port,
    close: () => {
      for (const server of servers) server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function listening(server: Server): Promise<void> {
  await once(server, 'listening')
}
