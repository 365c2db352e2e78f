import type { ServiceContext } from '#server/core/context.ts'
import { createRouterKit } from './init.ts'

const { router } = createRouterKit<ServiceContext>()

/**
 * What editors and the pages inside them call. Those in the field lag behind by months: inputs and outputs come from the
 * contract, and change by addition alone.
 */
export const extensionRouter = router({})
export type ExtensionRouter = typeof extensionRouter
