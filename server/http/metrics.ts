import { timingSafeEqual } from 'node:crypto'
import { isIPv4 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { ServiceError } from '#server/core/errors.ts'
import type { ApiServices } from './services.ts'

/** Counts and times requests by route, and answers `/metrics` to whoever has the token, or to this machine when there is none. */
export function measureRequests(server: FastifyInstance, services: ApiServices): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'kube9_http_requests_total',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'kube9_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last one of its answer.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  server.addHook('onResponse', async (req, reply) => {
    const labels = { method: req.method, route: req.routeOptions.url ?? 'none' }
    requests.inc({ ...labels, status: String(reply.statusCode) })
    seconds.observe(labels, reply.elapsedTime / 1000)
  })
  server.get('/metrics', async (req, reply) => {
    if (!mayRead(req, services.env.metricsToken))
      throw new ServiceError('NOT_FOUND', 'There is nothing at this address.')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function mayRead(req: FastifyRequest, token: string | null): boolean {
  if (token === null) return isThisMachine(req.socket.remoteAddress) && req.headers['x-forwarded-for'] === undefined
  const given = Buffer.from(req.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function isThisMachine(address = ''): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}
