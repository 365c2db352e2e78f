import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an editor does to be signed in, played by a test: it listens on a port, and redeems what comes there. */
export class LoopbackEditor {
  readonly origin: string
  /** The queries that came to it, the first first. */
  readonly answers: URLSearchParams[] = []
  readonly state = randomBytes(32).toString('base64url')
  readonly #verifier = randomBytes(32).toString('base64url')
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    server.on('request', (req, res) => {
      const url = new URL(req.url ?? '/', this.origin)
      if (url.pathname.endsWith('/callback')) this.answers.push(url.searchParams)
      res
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Editor</title><p>Back in the editor')
    })
  }

  static async start(): Promise<LoopbackEditor> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new LoopbackEditor(server)
  }

  /** The consent page's path for this editor, leading back to its port unless said otherwise. */
  connectPath(redirectUri = `${this.origin}/callback`, name = 'Code - OSS on a test'): string {
    return `/connect/vscode?${new URLSearchParams({
      redirect_uri: redirectUri,
      state: this.state,
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      editor: name,
    })}`
  }

  /** Changes a code into tokens, as the extension does. */
  async redeem(apiOrigin: string, code: string, redirectUri = `${this.origin}/callback`) {
    const body = { grantType: 'authorization_code', code, codeVerifier: this.#verifier, redirectUri }
    return postJson(`${apiOrigin}/v1/extension/token`, body)
  }

  async stop(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }
}

export async function postJson(url: string, body: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}
