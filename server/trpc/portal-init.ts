import { ServiceError } from '#server/core/errors.ts'
import { createRouterKit } from './init.ts'
import type { PortalContext } from './portal-context.ts'

const kit = createRouterKit<PortalContext>()

export const portalRouterOf = kit.router
export const createPortalCallerFactory = kit.createCallerFactory

/** For everybody, signed in or not. */
export const publicProcedure = kit.procedure

/** For people who are signed in. What they may do with a team is decided by `authorise` in the verb. */
export const signedInProcedure = kit.procedure.use(async ({ ctx, next }) => {
  if (ctx.actor.kind !== 'user') throw new ServiceError('UNAUTHENTICATED', 'Sign in to go on.')
  return next({ ctx: { ...ctx, actor: ctx.actor } })
})
