import { ENTITLEMENT_AUDIENCE, ENTITLEMENT_LIFETIME_SECONDS, entitlementClaimsSchema } from '#contract/entitlement.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import type { Tier } from '#contract/plans.ts'
import type { ServiceContext } from '#server/core/context.ts'
import { createSealer } from '#server/platform/sealed.ts'
import { signToken } from '#server/platform/signed-tokens.ts'
import { rotateSigningKeys, SIGNING_KEY_SEAL_PURPOSE } from './rotate.ts'
import { signingKeyAt } from './schedule.ts'

/** For whom an entitlement is. `clusterId` is the `cls_…` id. */
export type EntitlementGrant = {
  teamId: string
  clusterId: string
  identifier: string
  tier: Tier
  features: readonly string[]
}

/** Signs the token by which a cluster stays entitled for 72 hours without us. It opens the user interface, never data. */
export async function issueEntitlement(ctx: ServiceContext, grant: EntitlementGrant): Promise<string> {
  const iat = Math.floor(ctx.clock.now().getTime() / 1000)
  const claims: EntitlementClaims = entitlementClaimsSchema.parse({
    iss: new URL(ctx.env.addresses.api).host,
    aud: ENTITLEMENT_AUDIENCE,
    typ: 'entitlement',
    sub: grant.clusterId,
    ident: grant.identifier,
    team: grant.teamId,
    tier: grant.tier,
    features: [...grant.features],
    iat,
    exp: iat + ENTITLEMENT_LIFETIME_SECONDS,
  })
  const key = (await findSigningKey(ctx)) ?? (await makeSigningKey(ctx))
  const privateText = createSealer(ctx.env.signingSecret, SIGNING_KEY_SEAL_PURPOSE).open(key.sealedPrivate)
  return signToken(claims, { kid: key.kid, privateText })
}

async function findSigningKey(ctx: ServiceContext) {
  const keys = await ctx.db.signingKey.findMany({
    where: { retiredAt: null, signsFrom: { lte: ctx.clock.now() } },
    select: { kid: true, signsFrom: true, sealedPrivate: true },
    orderBy: { signsFrom: 'desc' },
    take: 1,
  })
  return signingKeyAt(keys, ctx.clock.now())
}

/** A fresh database has no key until the worker has run once. */
async function makeSigningKey(ctx: ServiceContext) {
  await rotateSigningKeys(ctx)
  const key = await findSigningKey(ctx)
  if (!key) throw new Error('There is no key that signs, although one was just made.')
  return key
}
