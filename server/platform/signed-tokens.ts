import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import type { JWK, JWTPayload } from 'jose'
import { z } from 'zod'

const ALGORITHM = 'EdDSA'

const privateJwkSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() })

/** An Ed25519 key pair. `privateText` is a secret; `kid` is the thumbprint of the public half. */
export type SigningKeyPair = {
  kid: string
  publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; use: 'sig'; alg: string }
  privateText: string
}

export async function generateSigningKeyPair(): Promise<SigningKeyPair> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  const { kty, crv, x, d } = privateJwkSchema.parse(await exportJWK(privateKey))
  const kid = await calculateJwkThumbprint({ kty, crv, x })
  return {
    kid,
    publicJwk: { kty, crv, x, kid, use: 'sig', alg: ALGORITHM },
    privateText: JSON.stringify({ kty, crv, x, d }),
  }
}

/** Signs claims as a compact JWS with `kid` in its header. Times are already in the claims. */
export async function signToken(claims: JWTPayload, key: { kid: string; privateText: string }): Promise<string> {
  const jwk: JWK = privateJwkSchema.parse(JSON.parse(key.privateText))
  const privateKey = await importJWK(jwk, ALGORITHM)
  return new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' }).sign(privateKey)
}
