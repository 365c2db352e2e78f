import { randomUUID } from 'node:crypto'
import { REQUEST_ID_HEADER } from '#contract/headers.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { findSession } from '#server/domain/accounts/index.ts'
import type { SignedIn } from '#server/domain/accounts/index.ts'
import { portalServices } from '#server/platform/portal-services.ts'
import type { PortalServices } from '#server/platform/portal-services.ts'
import { openCookieJar } from './cookies.ts'
import type { CookieJar } from './cookies.ts'

/** A request of the portal, with who sent it: what verbs and procedures get as their context. */
export type PortalRequest = ServiceContext & {
  readonly services: PortalServices
  readonly client: { readonly address: string; readonly userAgent: string | null }
  readonly cookies: CookieJar
  readonly signedIn: SignedIn | null
}

/** The address that server/portal.ts found out and set; what came in from outside under this name was dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-forwarded-for'

/** Finds out who sent a request. Cookies that are set go to `answer`; pages have none. Throws when the database is away. */
export async function openPortalRequest(headers: Headers, answer: Headers | null): Promise<PortalRequest> {
  const services = portalServices()
  const { env, db, clock } = services
  const cookies = openCookieJar(headers, answer, env.profile === 'hosted')
  const token = cookies.get('session')
  const signedIn = token === undefined ? null : await findSession({ db, clock }, token)
  const requestId = headers.get(REQUEST_ID_HEADER) ?? randomUUID()
  return {
    env,
    db,
    clock,
    requestId,
    log: services.log.child({ requestId }),
    actor: signedIn?.actor ?? { kind: 'anonymous' },
    services,
    client: { address: headers.get(CLIENT_ADDRESS_HEADER) ?? 'unknown', userAgent: headers.get('user-agent') },
    cookies,
    signedIn,
  }
}
