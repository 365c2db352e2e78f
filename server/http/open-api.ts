import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import type { Operation } from './operations.ts'
import { RELEASE } from './release.ts'
import type { ApiServices } from './services.ts'

/** What is said of a public path. `withoutKey`: its caller proves itself by what the body holds. */
type Described = Pick<Operation, 'method' | 'path' | 'summary' | 'request' | 'response'> & { withoutKey?: true }

/** `/openapi.json`, written from the schemas that the routes parse with. */
export function answerOpenApi(server: FastifyInstance, services: ApiServices, operations: readonly Described[]): void {
  const document = describeApi(services.env.addresses.api, operations)
  server.get('/openapi.json', async () => document)
}

function describeApi(apiUrl: string, operations: readonly Described[]) {
  return {
    openapi: '3.1.0',
    info: { title: 'kube9 API', version: RELEASE, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: apiUrl }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: kdy_…' } },
      schemas: { Error: schemaOf(errorBodySchema, 'output') },
    },
    paths: Object.fromEntries(
      operations.map((operation) => [
        operation.path,
        { [operation.method.toLowerCase()]: describeOperation(operation) },
      ]),
    ),
  }
}

function describeOperation(operation: Described) {
  const error = {
    description: 'What happened, and what to do.',
    content: jsonOf({ $ref: '#/components/schemas/Error' }),
  }
  const statuses = [...new Set(Object.values(errorStatuses))].toSorted((one, other) => one - other)
  return {
    summary: operation.summary,
    ...(operation.withoutKey ? { security: [] } : {}),
    ...(operation.request
      ? { requestBody: { required: true, content: jsonOf(schemaOf(operation.request, 'input')) } }
      : {}),
    responses: {
      200: { description: 'Done.', content: jsonOf(schemaOf(operation.response, 'output')) },
      ...Object.fromEntries(statuses.map((status) => [status, error])),
    },
  }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}

function jsonOf(schema: object) {
  return { 'application/json': { schema } }
}
