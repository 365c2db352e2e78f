import type { ServiceContext } from '#server/core/context.ts'
import { createRouterKit } from './init.ts'

/** What a request of an editor has beside the verbs' context: who sent it, read anew from its token. */
export type ExtensionContext = ServiceContext & { readonly admit: () => Promise<ServiceContext> }

const kit = createRouterKit<ExtensionContext>()

export const extensionRouterOf = kit.router

/** For a connected editor, or a page inside one. What each may do is decided by `authorise` in the verb. */
export const connectedProcedure = kit.procedure.use(async ({ ctx, next }) => next({ ctx: await ctx.admit() }))
