import type { FastifyRequest } from 'fastify'
import { CLUSTER_TOKEN_HEADER } from '#contract/headers.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { OperatorCaller } from '#server/domain/api-keys/index.ts'
import type { ApiServices } from './services.ts'

const BEARER = /^Bearer +(\S+) *$/i

/** What a request shows of its caller. No cookie is ever read. */
export function callerOf(req: FastifyRequest): OperatorCaller {
  const token = req.headers[CLUSTER_TOKEN_HEADER]
  return {
    apiKey: BEARER.exec(req.headers.authorization ?? '')?.[1],
    clusterToken: typeof token === 'string' ? token : undefined,
    address: req.ip,
  }
}

/** The verbs' context of a request. Who calls is found out by the verb's own admission. */
export function contextOf(services: ApiServices, req: FastifyRequest): ServiceContext {
  return {
    db: services.db,
    clock: services.clock,
    env: services.env,
    log: services.log,
    requestId: req.id,
    actor: { kind: 'anonymous' },
    reportRateLimit: (standing) => {
      req.rateLimitStanding = standing
    },
  }
}
