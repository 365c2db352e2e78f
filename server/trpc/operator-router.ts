import { collectionReceiptSchema, collectionSchema } from '#contract/collections.ts'
import {
  deregisterRequestSchema,
  deregisterResponseSchema,
  heartbeatRequestSchema,
  heartbeatResponseSchema,
  registerRequestSchema,
  registerResponseSchema,
} from '#contract/operator-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { callAsOperator } from '#server/domain/api-keys/index.ts'
import type { OperatorCaller } from '#server/domain/api-keys/index.ts'
import { deregisterCluster, recordHeartbeat, registerCluster } from '#server/domain/clusters/index.ts'
import { storeCollection } from '#server/domain/collections/index.ts'
import { createRouterKit } from './init.ts'

/** What the operator's procedures have beside the verbs' context. */
export type OperatorContext = ServiceContext & { readonly caller: OperatorCaller }

const { router, procedure } = createRouterKit<OperatorContext>()

/**
 * What operators call. Those in the field lag behind by months: inputs and outputs come from the contract, and change by
 * addition alone.
 */
export const operatorRouter = router({
  register: procedure
    .input(registerRequestSchema)
    .output(registerResponseSchema)
    .mutation(({ ctx, input }) => callAsOperator(ctx, ctx.caller, input, registerCluster)),

  heartbeat: procedure
    .input(heartbeatRequestSchema)
    .output(heartbeatResponseSchema)
    .mutation(({ ctx, input }) => callAsOperator(ctx, ctx.caller, input, recordHeartbeat)),

  collect: procedure
    .input(collectionSchema)
    .output(collectionReceiptSchema)
    .mutation(({ ctx, input }) => callAsOperator(ctx, ctx.caller, input, storeCollection)),

  deregister: procedure
    .input(deregisterRequestSchema)
    .output(deregisterResponseSchema)
    .mutation(({ ctx, input }) => callAsOperator(ctx, ctx.caller, input, deregisterCluster)),
})
export type OperatorRouter = typeof operatorRouter
