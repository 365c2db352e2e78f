import { headers } from 'next/headers.js'
import type { SignedIn } from '#server/domain/accounts/index.ts'
import { openPortalRequest } from './portal-request.ts'
import type { PortalRequest } from './portal-request.ts'

/** The request that the page being rendered answers. */
export async function currentRequest(): Promise<PortalRequest> {
  return openPortalRequest(await headers(), null)
}

/** Who is signed in, or null: the guard of every page behind sign-in. */
export async function currentUser(): Promise<SignedIn['user'] | null> {
  const { signedIn } = await currentRequest()
  return signedIn?.user ?? null
}
