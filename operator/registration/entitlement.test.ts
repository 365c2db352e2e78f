import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import type { EntitlementClaims, Jwks } from '#contract/entitlement.ts'
import { verifyEntitlement } from './entitlement.ts'

const HOUR_SECONDS = 3600
const clusterIdentifier = `sha256:${'ab'.repeat(32)}`
const clusterId = clusterIdOf(clusterIdentifier)
const now = new Date()
const seconds = Math.floor(now.getTime() / 1000)
const current = keyPair('current')
const jwks: Jwks = { keys: [keyPair('next').jwk, current.jwk] }

function keyPair(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const x = String(publicKey.export({ format: 'jwk' }).x)
  return { jwk: { kty: 'OKP' as const, crv: 'Ed25519' as const, x, kid }, privateKey }
}

const claims: EntitlementClaims = {
  iss: 'https://api.kube9.example',
  aud: 'kube9',
  typ: 'entitlement',
  sub: clusterId,
  ident: clusterIdentifier,
  team: randomUUID(),
  tier: 'pro',
  features: ['insights'],
  iat: seconds,
  exp: seconds + 72 * HOUR_SECONDS,
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function tokenOf(
  payload: object = claims,
  header: object = { alg: 'EdDSA', kid: 'current' },
  key = current.privateKey,
): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}

const verify = (token: string, at = now) => verifyEntitlement({ token, jwks, clusterIdentifier, clusterId, now: at })

describe('an entitlement', () => {
  test('that is signed for this cluster by a known key holds', () => {
    expect(verify(tokenOf())).toEqual({ claims })
  })

  test('holds until 60 s after its end, and from 60 s before its beginning', () => {
    const at = (unix: number) => new Date(unix * 1000)
    expect(verify(tokenOf(), at(claims.exp + 59))).toEqual({ claims })
    expect(verify(tokenOf(), at(claims.exp + 61))).toEqual({ fault: 'expired' })
    expect(verify(tokenOf(), at(claims.iat - 59))).toEqual({ claims })
    expect(verify(tokenOf(), at(claims.iat - 61))).toEqual({ fault: 'not-yet' })
  })

  test.each([
    ['of another cluster', { ident: `sha256:${'cd'.repeat(32)}` }, 'other-cluster'],
    ['of another fork', { sub: `cls_${'0'.repeat(32)}` }, 'other-cluster'],
    ['for another audience', { aud: 'elsewhere' }, 'malformed'],
    ['of another type', { typ: 'session' }, 'malformed'],
  ])('%s is refused', (_name, change, fault) => {
    expect(verify(tokenOf({ ...claims, ...change }))).toEqual({ fault })
  })

  test('signed by a key that is not published is refused, whatever kid it names', () => {
    const stranger = keyPair('current').privateKey
    expect(verify(tokenOf(claims, { alg: 'EdDSA', kid: 'current' }, stranger))).toEqual({ fault: 'bad-signature' })
    expect(verify(tokenOf(claims, { alg: 'EdDSA', kid: 'stranger' }, stranger))).toEqual({ fault: 'unknown-key' })
  })

  test.each(['none', 'HS256', 'ES256'])('with the algorithm %s is refused', (alg) => {
    expect(verify(tokenOf(claims, { alg, kid: 'current' }))).toEqual({ fault: 'malformed' })
  })

  test('whose claims were edited is refused', () => {
    const [header, , signature] = tokenOf().split('.')
    expect(verify([header, encode({ ...claims, exp: claims.exp + HOUR_SECONDS }), signature].join('.'))).toEqual({
      fault: 'bad-signature',
    })
  })

  test.each(['', 'x', 'a.b', 'a.b.c.d', '..', `${'a'.repeat(9000)}.b.c`])(
    'that is no token is refused: %.12s',
    (text) => {
      expect(verify(text)).toEqual({ fault: 'malformed' })
    },
  )
})
