import type { z } from 'zod'
import { verifiedKeySchema } from '#contract/api-key.ts'
import { COLLECTION_MAX_BYTES, collectionReceiptSchema, collectionSchema } from '#contract/collections.ts'
import {
  deregisterRequestSchema,
  deregisterResponseSchema,
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  registerRequestSchema,
  registerResponseSchema,
  serverHealthSchema,
} from '#contract/operator-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { callAsOperator, verifyApiKey } from '#server/domain/api-keys/index.ts'
import type { OperatorCaller } from '#server/domain/api-keys/index.ts'
import { deregisterCluster, recordHeartbeat, registerCluster } from '#server/domain/clusters/index.ts'
import { storeCollection } from '#server/domain/collections/index.ts'
import { RELEASE } from './release.ts'

/** One public path: what it takes, what it gives, and the verb behind it. Every one of them answers with 200. */
export type Operation = {
  method: 'GET' | 'POST'
  path: `/v1/${string}`
  summary: string
  maxBodyBytes: number
  request: z.ZodType | null
  response: z.ZodType
  run(ctx: ServiceContext, caller: OperatorCaller, body: unknown): Promise<unknown>
}

const SMALL_BODY_BYTES = 64 * 1024

export const operations: readonly Operation[] = [
  post({
    path: '/v1/operator/register',
    summary: 'Register a cluster, or recognise one.',
    request: registerRequestSchema,
    response: registerResponseSchema,
    verb: registerCluster,
  }),
  post({
    path: '/v1/operator/heartbeat',
    summary: 'Say how a registered cluster is.',
    request: heartbeatRequestSchema,
    response: heartbeatResponseSchema,
    verb: recordHeartbeat,
  }),
  post({
    path: '/v1/operator/deregister',
    summary: 'Say goodbye for a cluster.',
    request: deregisterRequestSchema,
    response: deregisterResponseSchema,
    verb: deregisterCluster,
  }),
  post({
    path: '/v1/collections',
    summary: 'Keep what a cluster collected, once.',
    request: collectionSchema,
    response: collectionReceiptSchema,
    verb: storeCollection,
    maxBodyBytes: COLLECTION_MAX_BYTES,
  }),
  {
    method: 'GET',
    path: '/v1/operator/health',
    summary: 'Check that the server answers, and that it accepts the key.',
    maxBodyBytes: SMALL_BODY_BYTES,
    request: null,
    response: serverHealthSchema,
    run: async (ctx, caller) => {
      await verifyApiKey(ctx, caller)
      return { status: 'healthy', version: RELEASE }
    },
  },
  {
    method: 'POST',
    path: '/v1/keys/verify',
    summary: 'Check the key in the Authorization header.',
    maxBodyBytes: SMALL_BODY_BYTES,
    request: null,
    response: verifiedKeySchema,
    run: (ctx, caller) => verifyApiKey(ctx, caller),
  },
]

/** A path whose caller is let in by its key before the verb runs with the parsed body. */
function post<Request extends object>(options: {
  path: Operation['path']
  summary: string
  request: z.ZodType<Request>
  response: z.ZodType
  verb: (ctx: ServiceContext, input: Request & { clusterToken: string | undefined }) => Promise<unknown>
  maxBodyBytes?: number
}): Operation {
  const { verb, ...described } = options
  return {
    method: 'POST',
    maxBodyBytes: SMALL_BODY_BYTES,
    ...described,
    run: async (ctx, caller, body) => callAsOperator(ctx, caller, options.request.parse(body), verb),
  }
}
