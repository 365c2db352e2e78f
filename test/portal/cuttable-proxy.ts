import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A TCP proxy that a test can cut, as when a database goes away, and mend again. */
export class CuttableProxy {
  readonly port: number
  readonly #stop: () => Promise<void>
  readonly #sockets: Set<Socket>
  #cut = false

  private constructor(port: number, sockets: Set<Socket>, stop: () => Promise<void>) {
    this.port = port
    this.#sockets = sockets
    this.#stop = stop
  }

  static async start(target: { host: string; port: number }): Promise<CuttableProxy> {
    const sockets = new Set<Socket>()
    let isCut = () => false
    const server = createServer((client) => {
      if (isCut()) {
        client.destroy()
        return
      }
      const upstream = connect(target)
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => other.destroy() && sockets.delete(one))
        one.pipe(other)
      }
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const stop = async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    }
    const proxy = new CuttableProxy((server.address() as AddressInfo).port, sockets, stop)
    isCut = () => proxy.#cut
    return proxy
  }

  cut(): void {
    this.#cut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#cut = false
  }

  async stop(): Promise<void> {
    await this.#stop()
  }
}
