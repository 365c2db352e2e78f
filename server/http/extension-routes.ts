import type { FastifyInstance } from 'fastify'
import { contextOf } from './caller.ts'
import type { ExtensionOperation } from './extension-operations.ts'
import type { ApiServices } from './services.ts'

const BODY_BYTES = 8 * 1024

/** Mounts the public paths of editors. */
export function answerExtension(
  server: FastifyInstance,
  services: ApiServices,
  operations: readonly ExtensionOperation[],
): void {
  for (const operation of operations) {
    server.route({
      method: operation.method,
      url: operation.path,
      bodyLimit: BODY_BYTES,
      handler: async (req, reply) => {
        const answer = await operation.run(contextOf(services, req), req.body, req.ip)
        return reply.code(200).send(operation.response.parse(answer))
      },
    })
  }
}
