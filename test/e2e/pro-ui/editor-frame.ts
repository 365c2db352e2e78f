import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The document around the Pro page, as the editor's webview has it: it passes messages on and does nothing else. */
const outerPage = (src: string, sandbox: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Editor</title>
<style>html,body{margin:0;height:100%}main,iframe{display:block;width:100%;height:100%;border:0}</style></head>
<body><main><iframe id="f" title="Cluster" src="${src}" sandbox="${sandbox}" allow="clipboard-write"></iframe></main>
<script>
const frame = document.getElementById('f')
window.heard = []
window.tell = (message) => frame.contentWindow.postMessage(message, '*')
addEventListener('message', ({ source, data, origin }) => {
  if (source !== frame.contentWindow) return
  window.heard.push({ ...data, origin })
  window.hear?.(data)
})
</script></body></html>`

const SANDBOX = 'allow-scripts allow-same-origin'

/** Serves frames around pages, on an origin of its own. */
export class EditorFrame {
  readonly origin: string
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async listen(): Promise<EditorFrame> {
    const server = createServer((req, res) => {
      const { searchParams } = new URL(req.url ?? '', 'http://frame.invalid')
      const src = searchParams.get('src')
      res.setHeader('content-type', 'text/html; charset=utf-8')
      res.end(src === null ? '' : outerPage(src.replaceAll('"', ''), SANDBOX))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new EditorFrame(server)
  }

  /** The address of a document that frames `src`. */
  around(src: string): string {
    return `${this.origin}/?${new URLSearchParams({ src })}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
