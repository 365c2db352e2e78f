import { compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { ENTITLEMENT_ALGORITHM, ENTITLEMENT_LEEWAY_SECONDS, entitlementClaimsSchema } from '#contract/entitlement.ts'
import type { EntitlementClaims, Jwks } from '#contract/entitlement.ts'
import type { EntitlementFault } from './entitlement-refusal.ts'

/** What is longer was not issued by us, and is not worth a signature's time. */
const MAX_TOKEN_LENGTH = 8 * 1024

const headerSchema = z.object({ alg: z.literal(ENTITLEMENT_ALGORITHM), kid: z.string().min(1) })

/** Signed by us, but for whatever purpose. */
const anyClaimsSchema = z.object({ iss: z.string(), aud: z.unknown(), typ: z.unknown() })

/** The key id of a token that may be an entitlement; null for anything else, another algorithm included. */
export function keyIdOf(token: string): string | null {
  if (token.length > MAX_TOKEN_LENGTH) return null
  try {
    return headerSchema.parse(decodeProtectedHeader(token)).kid
  } catch {
    return null
  }
}

export interface EntitlementCheck {
  token: string
  jwk: Jwks['keys'][number]
  /** Host of the server that this editor trusts. */
  trustedHost: string
  /** sha256 of the kube-system UID, read by ourselves. */
  identifier: string
  /** As the status has it; null when it has none. */
  clusterId: string | null
}

type Verified = { claims: EntitlementClaims } | { fault: EntitlementFault; detail?: string }

/** All that time does not change: signature, purpose, server, cluster. */
export async function verifyEntitlement(check: EntitlementCheck): Promise<Verified> {
  const payload = await verifiedPayload(check)
  if (payload === null) return { fault: 'bad-signature' }
  const any = anyClaimsSchema.safeParse(payload)
  if (!any.success) return { fault: 'wrong-purpose' }
  if (any.data.iss !== check.trustedHost) return { fault: 'other-server', detail: any.data.iss.slice(0, 100) }
  const claims = entitlementClaimsSchema.safeParse(payload)
  if (!claims.success) return { fault: 'wrong-purpose' }
  if (claims.data.ident !== check.identifier) return { fault: 'other-cluster' }
  if (check.clusterId !== null && claims.data.sub !== check.clusterId) return { fault: 'other-id' }
  if (claims.data.tier !== 'pro') return { fault: 'free' }
  return { claims: claims.data }
}

/** What time makes of verified claims. */
export function timeFault({ iat, exp }: EntitlementClaims, now: number): 'not-yet' | 'expired' | null {
  const seconds = now / 1000
  if (iat > seconds + ENTITLEMENT_LEEWAY_SECONDS) return 'not-yet'
  return exp <= seconds - ENTITLEMENT_LEEWAY_SECONDS ? 'expired' : null
}

async function verifiedPayload({ token, jwk }: EntitlementCheck): Promise<unknown> {
  try {
    const key = await importJWK({ kty: jwk.kty, crv: jwk.crv, x: jwk.x }, ENTITLEMENT_ALGORITHM)
    const { payload } = await compactVerify(token, key, { algorithms: [ENTITLEMENT_ALGORITHM] })
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return null
  }
}
