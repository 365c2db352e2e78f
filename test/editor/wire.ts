import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

/** Where the server's public address leads through: passes every byte on, and keeps it. */
export class Wire {
  /** The public address of what stands behind it, from inside the cluster and from outside. */
  readonly url: string
  readonly port: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #chunks: Buffer[] = []
  #target: number | undefined

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    this.url = `http://localhost:${this.port}`
  }

  static async open(): Promise<Wire> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const wire = new Wire(server)
    server.on('connection', (socket) => wire.#join(socket))
    return wire
  }

  /** Leads to a port of this machine from now on. */
  leadTo(port: number): void {
    this.#target = port
  }

  /** Everything that crossed it so far, in both directions. */
  get text(): string {
    return Buffer.concat(this.#chunks).toString('latin1')
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #join(outer: Socket): void {
    if (this.#target === undefined) {
      outer.destroy()
      return
    }
    const inner = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (chunk) => this.#chunks.push(Buffer.from(chunk)))
      from.on('error', () => to.destroy())
      from.on('close', () => this.#sockets.delete(from))
      from.pipe(to)
    }
  }
}
