import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HealthProbes {
  /** Why the operator is not ready, or null. */
  unreadyReason(): string | null
  metrics(): string
}

export interface HealthServer {
  port: number
  stop(): void
}

/** Serves `/healthz` (it runs), `/readyz` (its status stands in the cluster) and `/metrics`. Rejects when the port is taken. */
export async function startHealthServer(port: number, probes: HealthProbes): Promise<HealthServer> {
  const server: Server = createServer({ requestTimeout: 5_000 }, (req, res) => {
    const { status, type, body } = answer(req.method ?? 'GET', req.url ?? '/', probes)
    res.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body)
  })
  server.listen(port)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answer(method: string, url: string, probes: HealthProbes): { status: number; type: string; body: string } {
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8') => ({
    status,
    type,
    body: `${body}\n`,
  })
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'Only GET is answered here.')
  switch (url.split('?')[0]) {
    case '/healthz':
      return text(200, 'ok')
    case '/readyz': {
      const reason = probes.unreadyReason()
      return reason === null ? text(200, 'ok') : text(503, `not ready: ${reason}`)
    }
    case '/metrics':
      return text(200, probes.metrics().trimEnd(), 'text/plain; version=0.0.4; charset=utf-8')
    default:
      return text(404, 'There is /healthz, /readyz and /metrics.')
  }
}
