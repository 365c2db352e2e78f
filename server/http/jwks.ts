import type { FastifyInstance } from 'fastify'
import { getJwks, JWKS_MAX_AGE_SECONDS } from '#server/domain/entitlements/index.ts'
import { contextOf } from './caller.ts'
import type { ApiServices } from './services.ts'

/** The public keys that entitlements are checked with, for everybody. */
export function answerJwks(server: FastifyInstance, services: ApiServices): void {
  server.get('/.well-known/jwks.json', async (req, reply) => {
    const jwks = await getJwks(contextOf(services, req))
    return reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`).send(jwks)
  })
}
