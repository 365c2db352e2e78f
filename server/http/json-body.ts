import type { FastifyInstance } from 'fastify'
import { ServiceError } from '#server/core/errors.ts'

/** Bodies are JSON alone. An empty one is `undefined`, as of a POST that says all in its headers. */
export function parseJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_req, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(String(body)))
    } catch (error) {
      const issue = 'is not JSON'
      done(
        new ServiceError('INVALID_REQUEST', 'The request’s body is not JSON.', {
          details: { field: 'body', issue },
          cause: error,
        }),
      )
    }
  })
}
