import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { glyphSvg, MARK_CELLS } from '#contract/glyph.ts'

/** A port of this machine that waits for one callback. `redirectUri` is what the portal sends the browser back to. */
export interface LoopbackListener {
  readonly redirectUri: string
  close(): void
}

const DONE_PATH = '/done'
const LAST_PAGE_MS = 5_000

/**
 * Listens on 127.0.0.1 alone. `receive` hears the query of a callback and says whether it was expected. The browser is then led to an
 * address without the code, so that none stays in its history's last entry.
 */
export async function listenOnLoopback(receive: (query: URLSearchParams) => boolean): Promise<LoopbackListener> {
  const server = createServer((req, res) => answer(req, res, receive))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    redirectUri: `http://127.0.0.1:${port}/callback`,
    // The browser may still be on its way to the last page.
    close: () => void setTimeout(() => server.close().closeAllConnections(), LAST_PAGE_MS).unref(),
  }
}

function answer(req: IncomingMessage, res: ServerResponse, receive: (query: URLSearchParams) => boolean): void {
  const [path, query = ''] = (req.url ?? '').split('?', 2)
  if (req.method !== 'GET' || (path !== '/callback' && path !== DONE_PATH))
    return page(res, 404, 'There is nothing here.')
  if (path === DONE_PATH) return page(res, 200, 'Return to your editor. You can close this tab.')
  if (!receive(new URLSearchParams(query)))
    return page(res, 400, 'This sign-in is over, or was begun elsewhere. Begin again in your editor.')
  res.writeHead(303, { location: DONE_PATH, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' }).end()
}

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1rem}main{max-width:40ch;text-align:center}h1{margin:.5rem 0;font-size:1.25rem}p{margin:0}'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

function page(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>kube9</title><style>${STYLE}</style>`
  const main = `<main>${glyphSvg(MARK_CELLS, 48)}<h1>kube9</h1><p>${text}</p></main>`
  res.end(`<!doctype html><html lang="en"><head>${head}</head><body>${main}</body></html>`)
}
