import { jwksSchema } from '#contract/entitlement.ts'
import type { Jwks } from '#contract/entitlement.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { rotateSigningKeys } from './rotate.ts'
import { publishedKeysAt, signingKeyAt } from './schedule.ts'

/** Seconds that a client may keep the list. */
export const JWKS_MAX_AGE_SECONDS = 3600

/** The public keys: the one that signs, the next one, and the last one as long as its tokens live. */
export async function getJwks(ctx: ServiceContext): Promise<Jwks> {
  const now = ctx.clock.now()
  const stored = await readKeys(ctx)
  if (!signingKeyAt(stored, now)) await rotateSigningKeys(ctx)
  const keys = signingKeyAt(stored, now) ? stored : await readKeys(ctx)
  return jwksSchema.parse({ keys: publishedKeysAt(keys, now).map((key) => key.publicJwk) })
}

function readKeys(ctx: ServiceContext) {
  return ctx.db.signingKey.findMany({
    where: { retiredAt: null },
    select: { kid: true, signsFrom: true, publicJwk: true },
  })
}
