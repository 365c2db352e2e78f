import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { portalCaller } from '#server/trpc/portal-caller.ts'
import type { PortalCaller } from '#server/trpc/portal-caller.ts'
import { portalErrorCode } from '#server/trpc/portal-error-code.ts'

/**
 * Asks the portal's router for a page, as the person whose request it answers. What is not there becomes the page that says
 * so; any other error goes to the nearest error page, which shows this request's id.
 */
export async function ask<T>(question: (portal: PortalCaller) => Promise<T>): Promise<T> {
  try {
    return await question(await portalCaller())
  } catch (error) {
    if (portalErrorCode(error) === 'NOT_FOUND') notFound()
    throw await withRequestId(error)
  }
}

/** Next hands an error's digest to the error page, and nothing else of it. */
async function withRequestId(error: unknown): Promise<Error> {
  const known = error instanceof Error ? error : new Error('A page could not be drawn.', { cause: error })
  const requestId = (await headers()).get('x-request-id')
  return Object.assign(known, requestId ? { digest: requestId } : {})
}
