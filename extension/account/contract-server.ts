import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const token = () => randomBytes(32).toString('base64url')

/**
 * For tests: a server that keeps the contract's rules for refresh tokens over real HTTP: each works once, a repeat within 30 s gets the same
 * successor, a later one ends the family. Its clock is moved by tests.
 */
export class ContractServer {
  now = 0
  refreshes = 0
  revoked: string[] = []
  /** What the next requests are answered with instead. */
  trouble: { status: number; body: string; remaining: number } | null = null
  /** Answers that are lost after they took effect. */
  lost = 0
  ended = false
  current = token()
  readonly #successors = new Map<string, { next: string; at: number }>()
  readonly #server: Server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { status, body } = this.#answer(
        req.url ?? '',
        JSON.parse(Buffer.concat(chunks).toString()) as { refreshToken: string },
      )
      if (this.lost > 0) {
        this.lost--
        return void req.socket.destroy()
      }
      res.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
  })

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.close().closeAllConnections()
  }

  #answer(url: string, { refreshToken }: { refreshToken: string }): { status: number; body: string } {
    if (this.trouble && this.trouble.remaining-- > 0) return this.trouble
    if (url === '/v1/extension/revoke') {
      this.revoked.push(refreshToken)
      this.ended = true
      return { status: 200, body: JSON.stringify({ status: 'revoked' }) }
    }
    this.refreshes++
    const next = this.#successorOf(refreshToken)
    if (next === null) {
      const body = { error: 'Unauthorized', code: 'UNAUTHENTICATED', message: 'Sign in again.' }
      return { status: 401, body: JSON.stringify(body) }
    }
    return { status: 200, body: JSON.stringify({ accessToken: token(), expiresInSeconds: 900, refreshToken: next }) }
  }

  #successorOf(refreshToken: string): string | null {
    if (this.ended) return null
    const known = this.#successors.get(refreshToken)
    if (known) {
      if (this.now - known.at <= 30) return known.next
      this.ended = true
      return null
    }
    if (refreshToken !== this.current) return null
    const next = token()
    this.#successors.set(refreshToken, { next, at: this.now })
    this.current = next
    return next
  }
}
