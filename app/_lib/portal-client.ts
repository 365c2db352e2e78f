import type { TRPCClient } from '@trpc/client'
import type { PortalRouter } from '#contract/router-types.ts'
import { unreachable } from './failure.ts'
import type { Failure } from './failure.ts'
import { failureOfTrpcError } from './wire-error.ts'

export type Outcome<T> = { ok: true; data: T } | { ok: false; failure: Failure }

/** Calls the portal's router from the browser. The client is loaded with the first call, so that no page waits for it. */
export async function callPortal<T>(call: (portal: TRPCClient<PortalRouter>) => Promise<T>): Promise<Outcome<T>> {
  try {
    const { createTRPCClient, httpLink } = await import('@trpc/client')
    const portal = createTRPCClient<PortalRouter>({ links: [httpLink({ url: '/api/trpc' })] })
    return { ok: true, data: await call(portal) }
  } catch (error) {
    return { ok: false, failure: failureOfTrpcError(error) ?? unreachable }
  }
}
