import type { FastifyInstance } from 'fastify'
import type { ApiServices } from './services.ts'

/** One line per request: the route's pattern and not its address, which a caller may have put a secret into. */
export function logRequests(server: FastifyInstance, services: ApiServices): void {
  server.addHook('onResponse', async (req, reply) => {
    const route = req.routeOptions.url ?? 'none'
    if (route === '/healthz' || route === '/readyz' || route === '/metrics') return
    services.log.info(
      {
        requestId: req.id,
        method: req.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
}
