import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { COLLECTION_MAX_BYTES } from '#contract/collections.ts'
import { errorAnswerOf } from '#server/core/error-answer.ts'
import { callerOf, contextOf } from './caller.ts'
import type { ApiServices } from './services.ts'

/** Room around a collection of the largest size. */
const ENVELOPE_BYTES = 4 * 1024
const paramsSchema = z.object({ procedure: z.string().max(64) })

/** The operator's router at `POST /trpc/operator/<procedure>`: JSON as it is, one call for each request. */
export async function answerOperatorRouter(server: FastifyInstance, services: ApiServices): Promise<void> {
  await server.register(async (scope) => {
    // tRPC reads the text itself, so that a body which is no JSON is answered in its form.
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_req, body, done) => done(null, body))
    scope.post(
      '/trpc/operator/:procedure',
      { bodyLimit: COLLECTION_MAX_BYTES + ENVELOPE_BYTES },
      async (req, reply) => {
        await fastifyRequestHandler({
          router: services.operatorRouter,
          req,
          res: reply,
          path: paramsSchema.parse(req.params).procedure,
          allowBatching: false,
          createContext: async () => ({ ...contextOf(services, req), caller: callerOf(req) }),
          responseMeta: ({ errors }) => ({ headers: retryAfterHeader(errors) }),
        })
        return reply
      },
    )
  })
}

function retryAfterHeader(errors: readonly Error[]): Record<string, string> {
  const seconds = errors
    .map((error) => errorAnswerOf(error.cause, '').retryAfterSeconds)
    .find((value) => value !== undefined)
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}
