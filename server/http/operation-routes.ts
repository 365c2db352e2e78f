import type { FastifyInstance } from 'fastify'
import { parseApiKey } from '#contract/api-key.ts'
import { verifyApiKey } from '#server/domain/api-keys/index.ts'
import { callerOf, contextOf } from './caller.ts'
import type { Operation } from './operations.ts'
import type { ApiServices } from './services.ts'

/** Mounts the public paths. The status is 200 for each: old clients take any other for a fault. */
export function answerOperations(
  server: FastifyInstance,
  services: ApiServices,
  operations: readonly Operation[],
): void {
  for (const operation of operations) {
    server.route({
      method: operation.method,
      url: operation.path,
      bodyLimit: operation.maxBodyBytes,
      onRequest: async (req) => {
        const caller = callerOf(req)
        // What cannot be a key is refused before its body is read.
        if (caller.apiKey === undefined || 'fault' in parseApiKey(caller.apiKey))
          await verifyApiKey(contextOf(services, req), caller)
      },
      handler: async (req, reply) => {
        const answer = await operation.run(contextOf(services, req), callerOf(req), req.body)
        return reply.code(200).send(operation.response.parse(answer))
      },
    })
  }
}
