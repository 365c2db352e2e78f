import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { API_SERVER_PORT, NODE_ADDRESS } from '../addresses.ts'
import { joinSockets } from '../join-sockets.ts'
import { addBridgeAddress } from './bridge.ts'
import type { ConnectionLedger } from './connection-ledger.ts'
import { API_SERVER_SOCKET, forwardSocket } from './protocol.ts'
import type { SandboxForward } from './protocol.ts'

/** Opens the Unix socket through which kubectl and helm reach the API server from outside. */
export async function openApiServerSocket(stateFolder: string): Promise<void> {
  const server = createServer((socket) => joinSockets(socket, connect(API_SERVER_PORT, NODE_ADDRESS)))
  server.listen(join(stateFolder, API_SERVER_SOCKET))
  await once(server, 'listening')
}

/** Listens where pods expect something that really runs outside, and passes it on through a Unix socket. */
export async function openForward(
  forward: SandboxForward,
  stateFolder: string,
  ledger: ConnectionLedger,
): Promise<void> {
  const separator = forward.listen.lastIndexOf(':')
  const address = forward.listen.slice(0, separator)
  if (address !== NODE_ADDRESS) await addBridgeAddress(address)
  const path = join(stateFolder, forwardSocket(forward.name))
  const server = createForwardServer(forward, (socket) => joinSockets(socket, connect(path)))
  // Counted before TLS: a handshake that fails has left the pod all the same.
  server.on('connection', (socket: Socket) => ledger.record(socket.remoteAddress, forward.name))
  server.listen(Number(forward.listen.slice(separator + 1)), address)
  await once(server, 'listening')
}

function createForwardServer({ tls }: SandboxForward, onSocket: (socket: Socket) => void): Server {
  if (!tls) return createServer(onSocket)
  return createTlsServer(tls, onSocket).on('tlsClientError', () => undefined)
}
