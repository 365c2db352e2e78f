import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import type { ErrorBody } from '#contract/errors.ts'
import { asServiceError, errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { ServiceContext } from '#server/core/context.ts'

const trpcCodes: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

const OUTPUT_FAULT = 'Output validation failed'

/**
 * What every router is made of. Its errors carry the contract's body in `data.kube9` and its status as their own; no
 * transformer, so that the wire stays plain JSON.
 */
export function createRouterKit<Context extends ServiceContext>() {
  const t = initTRPC.context<Context>().create({
    errorFormatter: ({ shape, error, ctx }) => ({
      message: bodyOf(error, ctx?.requestId).message,
      code: shape.code,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        kube9: bodyOf(error, ctx?.requestId),
      },
    }),
  })
  const procedure = t.procedure.use(async ({ next, ctx }) => {
    const result = await next()
    if (result.ok) return result
    throw asTrpcError(result.error, ctx)
  })
  return { router: t.router, procedure, createCallerFactory: t.createCallerFactory }
}

/** Seconds for a `Retry-After` header, when one of these errors asks for it. */
export function retryAfterOf(errors: readonly TRPCError[]): number | undefined {
  return errors
    .map((error) => errorAnswerOf(knownOf(error), '').retryAfterSeconds)
    .find((seconds) => seconds !== undefined)
}

function asTrpcError(error: TRPCError, ctx: ServiceContext): TRPCError {
  const known = asServiceError(knownOf(error))
  if (known.code === 'SERVER_ERROR')
    ctx.log.error({ err: error.cause ?? error, requestId: ctx.requestId }, 'a procedure failed')
  const { status, body } = errorAnswerOf(known, ctx.requestId)
  return new TRPCError({ code: trpcCodes[status] ?? 'INTERNAL_SERVER_ERROR', message: body.message, cause: known })
}

function bodyOf(error: TRPCError, requestId = ''): ErrorBody {
  return errorAnswerOf(knownOf(error), requestId).body
}

/** tRPC's own faults, such as a procedure that does not exist or a body that is no JSON, have no error of ours inside. */
function knownOf(error: TRPCError): unknown {
  if (error.cause instanceof ServiceError) return error.cause
  if (error.code === 'NOT_FOUND') return new ServiceError('NOT_FOUND', 'There is no such procedure.', { cause: error })
  if (error.code === 'PAYLOAD_TOO_LARGE')
    return new ServiceError('PAYLOAD_TOO_LARGE', 'The request is too large.', { cause: error })
  if (error.code === 'INTERNAL_SERVER_ERROR') return error.message === OUTPUT_FAULT ? error : (error.cause ?? error)
  if (error.cause instanceof z.ZodError) return error.cause
  return new ServiceError('INVALID_REQUEST', 'The request is not valid: send JSON by POST.', { cause: error })
}
