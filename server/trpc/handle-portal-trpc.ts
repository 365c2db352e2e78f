import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { openPortalRequest } from '#server/auth/portal-request.ts'
import { asServiceError, errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import { retryAfterOf } from './init.ts'
import { portalRouter } from './portal-router.ts'

const ENDPOINT = '/api/trpc'

/** Everything under /api/trpc, for the portal's own pages. A POST must be application/json, which no foreign form can send. */
export async function handlePortalTrpc(req: Request): Promise<Response> {
  if (req.method !== 'GET' && !isJson(req)) return refuseType()
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    req,
    router: portalRouter,
    createContext: ({ resHeaders }) => openPortalRequest(req.headers, resHeaders).catch(asTrpcError),
    responseMeta: ({ errors }) => {
      const retryAfterSeconds = retryAfterOf(errors)
      return {
        headers: {
          'cache-control': 'no-store',
          ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
        },
      }
    },
  })
}

function isJson(req: Request): boolean {
  return req.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

function refuseType(): Response {
  const refusal = new ServiceError('INVALID_REQUEST', 'Send application/json.')
  return Response.json(
    { error: { message: refusal.message, data: { kube9: errorAnswerOf(refusal, '').body } } },
    { status: 415 },
  )
}

function asTrpcError(error: unknown): never {
  const known = asServiceError(error)
  const code = known.code === 'SERVICE_UNAVAILABLE' ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR'
  throw new TRPCError({ code, message: known.message, cause: known })
}
