import { fastifyRequestHandler } from '@trpc/server/adapters/fastify'
import type { FastifyInstance, FastifyRequest, HTTPMethods } from 'fastify'
import { z } from 'zod'
import { COLLECTION_MAX_BYTES } from '#contract/collections.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { errorAnswerOf } from '#server/core/error-answer.ts'
import { callerOf, contextOf } from './caller.ts'
import { editorContextOf } from './extension-caller.ts'
import type { ApiServices } from './services.ts'

/** Room around a collection of the largest size. */
const ENVELOPE_BYTES = 4 * 1024
const SMALL_BODY_BYTES = 16 * 1024
const paramsSchema = z.object({ procedure: z.string().max(64) })

/** One router, at `<prefix>/<procedure>`. */
type RouterRoute = {
  prefix: string
  router: ApiServices['operatorRouter']
  methods: HTTPMethods[]
  maxBodyBytes: number
  contextOf(req: FastifyRequest): ServiceContext
}

/** The routers of operators and of editors: JSON as it is, one call for each request. */
export async function answerRouters(server: FastifyInstance, services: ApiServices): Promise<void> {
  await answerRouter(server, {
    prefix: '/trpc/operator',
    router: services.operatorRouter,
    methods: ['POST'],
    maxBodyBytes: COLLECTION_MAX_BYTES + ENVELOPE_BYTES,
    contextOf: (req) => ({ ...contextOf(services, req), caller: callerOf(req) }),
  })
  await answerRouter(server, {
    prefix: '/trpc/extension',
    router: services.extensionRouter,
    // Queries come by either, as the client is set up.
    methods: ['GET', 'POST'],
    maxBodyBytes: SMALL_BODY_BYTES,
    contextOf: (req) => ({ ...contextOf(services, req), admit: () => editorContextOf(services, req) }),
  })
}

async function answerRouter(server: FastifyInstance, route: RouterRoute): Promise<void> {
  await server.register(async (scope) => {
    // tRPC reads the text itself, so that a body which is no JSON is answered in its form.
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_req, body, done) => done(null, body))
    scope.route({
      method: route.methods,
      url: `${route.prefix}/:procedure`,
      bodyLimit: route.maxBodyBytes,
      exposeHeadRoute: false,
      handler: async (req, reply) => {
        await fastifyRequestHandler({
          router: route.router,
          req,
          res: reply,
          path: paramsSchema.parse(req.params).procedure,
          allowBatching: false,
          allowMethodOverride: route.methods.includes('GET'),
          createContext: async () => route.contextOf(req),
          responseMeta: ({ errors }) => ({ headers: retryAfterHeader(errors) }),
        })
        return reply
      },
    })
  })
}

function retryAfterHeader(errors: readonly Error[]): Record<string, string> {
  const seconds = errors
    .map((error) => errorAnswerOf(error.cause, '').retryAfterSeconds)
    .find((value) => value !== undefined)
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}
