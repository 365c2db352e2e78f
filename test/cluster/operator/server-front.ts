import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What stands between operator and server: nothing, or one of the ways in which networks and servers fail. */
export type Behaviour =
  | { kind: 'pass' }
  | { kind: 'answer'; status: number; type: string; body: string; headers?: Record<string, string> }
  | { kind: 'hang' }
  | { kind: 'cut' }
  /** The server does its work, and its answer to one procedure never arrives. */
  | { kind: 'lose-answers'; procedure: string }

interface TlsFiles {
  certPem: string
  keyPem: string
}

/** The address that operators under test have for their server: it passes on to the real API, or fails as it is told. */
export class ServerFront {
  readonly #target: URL
  readonly #server: Server
  /** Paths that were asked for, in their order. */
  readonly paths: string[] = []
  /** Bodies that came, byte for byte, each once it was whole. */
  readonly received: { path: string; body: Buffer }[] = []
  behaviour: Behaviour = { kind: 'pass' }

  readonly #scheme: 'http' | 'https'

  private constructor(target: URL, tls: TlsFiles | null) {
    this.#target = target
    this.#scheme = tls ? 'https' : 'http'
    const answer = (req: IncomingMessage, res: ServerResponse) => this.#answer(req, res)
    this.#server = tls ? createTlsServer({ cert: tls.certPem, key: tls.keyPem }, answer) : createServer(answer)
  }

  /** Listens on a port of its own, with TLS when it is given a certificate. */
  static async start(apiUrl: string, tls: TlsFiles | null = null): Promise<ServerFront> {
    const front = new ServerFront(new URL(apiUrl), tls)
    await once(front.#server.listen(0, '127.0.0.1'), 'listening')
    return front
  }

  get url(): string {
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How often a procedure of the operator's router was called. */
  calls(procedure: string): number {
    return this.paths.filter((path) => path.endsWith(`/${procedure}`)).length
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    this.paths.push(req.url ?? '')
    this.#record(req)
    const { behaviour } = this
    switch (behaviour.kind) {
      case 'pass':
        return this.#pass(req, res)
      case 'lose-answers':
        return this.#pass(req, res, req.url?.endsWith(`/${behaviour.procedure}`))
      case 'answer':
        res.writeHead(behaviour.status, { 'content-type': behaviour.type, ...behaviour.headers }).end(behaviour.body)
        return
      case 'cut':
        res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"result":')
        setTimeout(() => req.socket.destroy(), 10)
        return
      case 'hang':
    }
  }

  #record(req: IncomingMessage): void {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.once('end', () => this.received.push({ path: req.url ?? '', body: Buffer.concat(chunks) }))
  }

  #pass(req: IncomingMessage, res: ServerResponse, isLost = false): void {
    const { hostname, port } = this.#target
    const options = { hostname, port, path: req.url, method: req.method, headers: req.headers }
    const forward = request(options, (answer) => {
      if (isLost) {
        answer.resume()
        req.socket.destroy()
        return
      }
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    forward.once('error', () => res.destroy())
    req.pipe(forward)
  }
}
