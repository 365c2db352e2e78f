import { currentRequest } from '#server/auth/current-request.ts'
import { createPortalCallerFactory } from './portal-init.ts'
import { portalRouter } from './portal-router.ts'

const createCaller = createPortalCallerFactory(portalRouter)
export type PortalCaller = ReturnType<typeof createCaller>

/** The router for server components, as the person whose request the page answers. Throws TRPCError. */
export async function portalCaller(): Promise<PortalCaller> {
  return createCaller(await currentRequest())
}
