import { Agent } from 'node:https'
import type { AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import { openHttpTunnel } from './http-tunnel.ts'
import { openSocksTunnel } from './socks-tunnel.ts'

/** Keeps connections that go through a proxy's tunnel, be it of HTTP's CONNECT or of SOCKS. */
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
    const open = this.#proxy.protocol.startsWith('socks') ? openSocksTunnel : openHttpTunnel
    open(this.#proxy, { host: options.host ?? '', port: Number(options.port) }).then(
      (socket) => callback?.(null, connect({ ...options, socket })),
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    )
    return undefined
  }
}
