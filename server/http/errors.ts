import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asServiceError, errorAnswerOf } from '#server/core/error-answer.ts'
import { ServiceError } from '#server/core/errors.ts'
import type { ApiServices } from './services.ts'

/** Every error leaves in the contract's form; what is unexpected is logged and says nothing of itself. */
export function answerErrors(server: FastifyInstance, services: ApiServices): void {
  server.setErrorHandler(async (error, req, reply) => {
    const known = asServiceError(fromFramework(error))
    if (known.code === 'SERVER_ERROR') services.log.error({ err: error, requestId: req.id }, 'a request failed')
    if (known.code === 'SERVICE_UNAVAILABLE')
      services.log.warn({ reason: reasonOf(known), requestId: req.id }, 'a dependency is away')
    return sendError(reply, known)
  })
  server.setNotFoundHandler(async (_req, reply) =>
    sendError(reply, new ServiceError('NOT_FOUND', 'There is nothing at this address.')),
  )
}

async function sendError(reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  const answer = errorAnswerOf(error, reply.request.id)
  if (answer.retryAfterSeconds !== undefined) void reply.header('retry-after', String(answer.retryAfterSeconds))
  if (answer.status === 401) void reply.header('www-authenticate', 'Bearer')
  return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
}

/** Fastify's own errors carry a status; those below 500 are the caller's. */
function fromFramework(error: unknown): unknown {
  if (error instanceof ServiceError || typeof error !== 'object' || error === null) return error
  const { statusCode } = error as { statusCode?: unknown }
  if (statusCode === 413) return new ServiceError('PAYLOAD_TOO_LARGE', 'The request is too large.', { cause: error })
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return error
  return new ServiceError(
    'INVALID_REQUEST',
    'The request cannot be read. Send JSON with Content-Type: application/json.',
    {
      details: { field: 'body', issue: 'cannot be read' },
      cause: error,
    },
  )
}

function reasonOf(error: ServiceError): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** An address that cannot be decoded fails before there is a route. */
export function answerFrameworkError(error: unknown, _req: FastifyRequest, reply: FastifyReply): void {
  void sendError(reply, fromFramework(error))
}

/** What is not even HTTP, has too many headers, or comes too slowly, never reaches a route. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const message =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'The request’s headers are too large.' : 'The request cannot be read.'
  const body = JSON.stringify({ error: 'Bad Request', code: 'INVALID_REQUEST', message })
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
