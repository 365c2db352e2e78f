import { z } from 'zod'
import { clusterIdentifierSchema, clusterIdSchema } from './cluster-identity.ts'
import { tierSchema } from './plans.ts'

export const ENTITLEMENT_AUDIENCE = 'kube9'
export const ENTITLEMENT_LIFETIME_SECONDS = 72 * 3600
export const ENTITLEMENT_LEEWAY_SECONDS = 60
export const ENTITLEMENT_ALGORITHM = 'EdDSA'

/** How long the next public key is published before it signs, and the last one stays after. */
export const SIGNING_KEY_PUBLISH_AHEAD_HOURS = 24
export const SIGNING_KEY_KEEP_AFTER_HOURS = 73

/** Claims of the compact JWS, Ed25519, `kid` in its header. Times are Unix seconds. */
export const entitlementClaimsSchema = z.object({
  iss: z.string(),
  aud: z.literal(ENTITLEMENT_AUDIENCE),
  typ: z.literal('entitlement'),
  sub: clusterIdSchema,
  ident: clusterIdentifierSchema,
  team: z.uuid(),
  tier: tierSchema,
  features: z.array(z.string()),
  iat: z.int(),
  exp: z.int(),
})
export type EntitlementClaims = z.infer<typeof entitlementClaimsSchema>

const ed25519JwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  use: z.literal('sig').optional(),
  alg: z.string().optional(),
})

/** `/.well-known/jwks.json`. */
export const jwksSchema = z.object({ keys: z.array(ed25519JwkSchema).max(16) })
export type Jwks = z.infer<typeof jwksSchema>
