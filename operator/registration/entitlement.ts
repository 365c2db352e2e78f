import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { ENTITLEMENT_ALGORITHM, ENTITLEMENT_LEEWAY_SECONDS, entitlementClaimsSchema } from '#contract/entitlement.ts'
import type { EntitlementClaims, Jwks } from '#contract/entitlement.ts'

/** A token of this size still leaves room for everything else in the ConfigMap. */
const MAX_TOKEN_LENGTH = 8 * 1024

const headerSchema = z.object({ alg: z.literal(ENTITLEMENT_ALGORITHM), kid: z.string() })

export type EntitlementFault = 'malformed' | 'unknown-key' | 'bad-signature' | 'other-cluster' | 'not-yet' | 'expired'

export interface EntitlementCheck {
  token: string
  jwks: Jwks
  clusterIdentifier: string
  clusterId: string
  now: Date
}

/** Reads a compact JWS: its signature by a known key, its audience and type, the cluster that it names, and its times. */
export function verifyEntitlement(
  check: EntitlementCheck,
): { claims: EntitlementClaims } | { fault: EntitlementFault } {
  const [header, payload, signature, ...rest] = check.token.split('.')
  if (!header || !payload || !signature || rest.length > 0) return { fault: 'malformed' }
  if (check.token.length > MAX_TOKEN_LENGTH) return { fault: 'malformed' }
  const parsedHeader = headerSchema.safeParse(decode(header))
  if (!parsedHeader.success) return { fault: 'malformed' }
  const jwk = check.jwks.keys.find(({ kid }) => kid === parsedHeader.data.kid)
  if (!jwk) return { fault: 'unknown-key' }
  if (!isSigned(`${header}.${payload}`, signature, jwk)) return { fault: 'bad-signature' }
  const claims = entitlementClaimsSchema.safeParse(decode(payload))
  if (!claims.success) return { fault: 'malformed' }
  return judge(claims.data, check)
}

function judge(claims: EntitlementClaims, { clusterIdentifier, clusterId, now }: EntitlementCheck) {
  const seconds = now.getTime() / 1000
  if (claims.ident !== clusterIdentifier || claims.sub !== clusterId) return { fault: 'other-cluster' as const }
  if (claims.iat > seconds + ENTITLEMENT_LEEWAY_SECONDS) return { fault: 'not-yet' as const }
  if (claims.exp < seconds - ENTITLEMENT_LEEWAY_SECONDS) return { fault: 'expired' as const }
  return { claims }
}

function isSigned(signed: string, signature: string, jwk: Jwks['keys'][number]): boolean {
  try {
    const key = createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' })
    return verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
