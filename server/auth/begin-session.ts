import { createSession, endSessionOfToken } from '#server/domain/accounts/index.ts'
import type { CreatedSession } from '#server/domain/accounts/index.ts'
import type { PortalRequest } from './portal-request.ts'

/** Signs this browser in, whichever way its owner came. The session that it had before ends. */
export async function beginSession(
  ctx: PortalRequest,
  person: { userId: string; passwordHash?: string | undefined },
): Promise<CreatedSession> {
  const session = await createSession(ctx, { ...person, client: ctx.client })
  const earlier = ctx.cookies.get('session')
  if (earlier !== undefined) await endSessionOfToken(ctx, earlier)
  return session
}
