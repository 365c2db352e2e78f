import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { REQUEST_ID_HEADER } from '#contract/headers.ts'
import { answerBrokenRequest, answerErrors, answerFrameworkError } from './errors.ts'
import { answerExtensionEvents } from './extension-events.ts'
import { extensionOperations } from './extension-operations.ts'
import { answerExtension } from './extension-routes.ts'
import { answerHealth } from './health.ts'
import { answerJwks } from './jwks.ts'
import { parseJson } from './json-body.ts'
import { measureRequests } from './metrics.ts'
import { answerOpenApi } from './open-api.ts'
import { operations } from './operations.ts'
import { answerOperations } from './operation-routes.ts'
import { answerProUi } from './pro-ui.ts'
import { answerRouters } from './router-routes.ts'
import { logRequests } from './request-log.ts'
import { sayRateLimits } from './rate-limit-headers.ts'
import type { ApiServices } from './services.ts'

const HEADER_BYTES = 8 * 1024
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 20_000
const KEEP_ALIVE_MS = 65_000
const SMALL_BODY_BYTES = 64 * 1024
const REQUEST_ID = /^[\w.:-]{1,64}$/

/** The API's HTTP server: public paths, the operator's router, health and metrics. It listens when `listen` is called. */
export async function createApiServer(services: ApiServices): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    bodyLimit: SMALL_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: (_address, hop) => hop < services.env.trustedProxyHops,
    requestIdHeader: false,
    genReqId: requestIdOf,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerFrameworkError,
  })
  server.decorateRequest('rateLimitStanding', null)
  server.addHook('onRequest', async (req, reply) => {
    void reply.headers({
      [REQUEST_ID_HEADER]: req.id,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })
  // Asked at the end of a request: one that was begun before must not keep its connection either.
  server.addHook('onSend', async (_req, reply) => {
    if (services.ending.aborted) void reply.header('connection', 'close')
  })
  parseJson(server)
  answerErrors(server, services)
  sayRateLimits(server, services)
  logRequests(server, services)
  measureRequests(server, services)
  answerHealth(server, services)
  answerJwks(server, services)
  answerOpenApi(server, services, [...operations, ...extensionOperations])
  answerOperations(server, services, operations)
  answerExtension(server, services, extensionOperations)
  answerExtensionEvents(server, services)
  answerProUi(server, services)
  await answerRouters(server, services)
  return server
}

/** The caller's own id, when it is harmless, so that both sides' logs can be joined. */
function requestIdOf(req: IncomingMessage): string {
  const given = req.headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}
