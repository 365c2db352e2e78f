import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import { EntitlementChecker } from './entitlement-checker.ts'
import type { EntitlementQuestion } from './entitlement-checker.ts'
import { ServerKeys } from './server-keys.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const SERVER = 'https://api.kube9.example'
const identifierOf = (uid: string) => `sha256:${createHash('sha256').update(uid).digest('hex')}`
const IDENTIFIER = identifierOf('uid-of-this-cluster')

const ours = generateKeyPairSync('ed25519')
const theirs = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwks = { keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' }] }

const claims: EntitlementClaims = {
  iss: 'api.kube9.example',
  aud: 'kube9',
  typ: 'entitlement',
  sub: clusterIdOf(IDENTIFIER),
  ident: IDENTIFIER,
  team: randomUUID(),
  tier: 'pro',
  features: [],
  iat: NOW / 1000 - 60,
  exp: NOW / 1000 + 3600,
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function token(
  changes: object = {},
  { key = ours.privateKey, header = {} }: { key?: KeyObject; header?: object } = {},
) {
  const signed = `${part({ alg: 'EdDSA', kid: 'k1', ...header })}.${part({ ...claims, ...changes })}`
  const digest = key.asymmetricKeyType === 'rsa' ? 'sha256' : null
  return `${signed}.${sign(digest, Buffer.from(signed), key).toString('base64url')}`
}

/** A server that publishes our key, and remembers who asked for what. */
function server(answer: () => Response | Promise<Response> = () => Response.json(jwks)) {
  const asked: { url: string; init: RequestInit | undefined }[] = []
  const clock = { now: NOW }
  const keys = new ServerKeys({
    fetch: async (url, init) => {
      asked.push({ url: new Request(url).url, init })
      return answer()
    },
    now: () => clock.now,
  })
  return { keys, asked, clock }
}

const question = (changes: Partial<EntitlementQuestion> = {}): EntitlementQuestion => ({
  token: token(),
  serverUrl: SERVER,
  identifier: IDENTIFIER,
  clusterId: claims.sub,
  now: NOW,
  ...changes,
})

async function verdictOf(changes: Partial<EntitlementQuestion>, { keys } = server()) {
  return (await new EntitlementChecker(keys).check(question(changes))).verdict
}

describe('an entitlement', () => {
  test('that the trusted server signed for this cluster holds until its end, with 60 s of leeway', async () => {
    const { keys } = server()
    const { verdict, changesAt } = await new EntitlementChecker(keys).check(question())
    expect(verdict).toEqual({ kind: 'valid', claims })
    expect(changesAt).toBe((claims.exp + 60) * 1000)
    expect(await verdictOf({ now: (claims.exp + 59) * 1000 })).toMatchObject({ kind: 'valid' })
    expect(await verdictOf({ now: changesAt ?? 0 })).toMatchObject({ refusal: { fault: 'expired' } })
  })

  const forged = token()
    .split('.')
    .with(1, part({ ...claims, team: randomUUID() }))
    .join('.')
  test.each([
    ['changed by hand', { token: forged }, 'bad-signature'],
    ['signed with another key under our key’s id', { token: token({}, { key: theirs.privateKey }) }, 'bad-signature'],
    [
      'signed with a key that nobody publishes',
      { token: token({}, { key: theirs.privateKey, header: { kid: 'k9' } }) },
      'unknown-key',
    ],
    [
      'signed by another algorithm',
      { token: token({}, { key: rsa.privateKey, header: { alg: 'RS256' } }) },
      'malformed',
    ],
    ['not signed at all', { token: `${part({ alg: 'none', kid: 'k1' })}.${part(claims)}.` }, 'malformed'],
    ['without a key id', { token: token({}, { header: { kid: undefined } }) }, 'malformed'],
    ['that is no token', { token: 'pro' }, 'malformed'],
    ['longer than any of ours', { token: token({ features: ['x'.repeat(9000)] }) }, 'malformed'],
    ['for another audience', { token: token({ aud: 'kube10' }) }, 'wrong-purpose'],
    ['of another type', { token: token({ typ: 'session' }) }, 'wrong-purpose'],
    ['of another server', { token: token({ iss: 'api.evil.example' }) }, 'other-server'],
    ['copied from another cluster', { token: token({ ident: identifierOf('another') }) }, 'other-cluster'],
    ['in the status of another id', { clusterId: `cls_${'0'.repeat(32)}` }, 'other-id'],
    ['for the free tier', { token: token({ tier: 'free' }) }, 'free'],
    ['from the future', { token: token({ iat: NOW / 1000 + 61 }) }, 'not-yet'],
    ['that ended', { token: token({ exp: NOW / 1000 - 60 }) }, 'expired'],
    ['of a cluster whose identity may not be read', { identifier: null }, 'unidentified'],
  ])('%s grants nothing, and says why', async (_name, changes, fault) => {
    expect(await verdictOf(changes)).toMatchObject({
      kind: 'refused',
      refusal: { fault, reason: expect.stringMatching(/\w{3}/) },
    })
  })

  test('says each of its faults in words of its own', async () => {
    const reasons = await Promise.all(
      ['pro', forged, token({ iss: 'x' }), token({ aud: 'y' }), token({ ident: identifierOf('z') })].map(
        async (text) => {
          const verdict = await verdictOf({ token: text })
          return verdict.kind === 'refused' ? verdict.refusal.reason : ''
        },
      ),
    )
    expect(new Set(reasons).size).toBe(reasons.length)
  })

  test('of an unreadable kube-system names the rule that mends it', async () => {
    expect(await verdictOf({ identifier: null })).toMatchObject({
      refusal: { mend: 'copy-rbac', rbac: expect.stringContaining('"kube-system"') },
    })
  })
})

describe('the server’s keys', () => {
  test('are asked for only when a cluster shows a token that could be one', async () => {
    const { keys, asked } = server()
    await verdictOf({ token: null }, { keys, asked, clock: { now: NOW } })
    await verdictOf({ token: 'pro' }, { keys, asked, clock: { now: NOW } })
    expect(asked).toEqual([])
  })

  test('come from the setting’s address alone, whatever the token says, and never by a redirect', async () => {
    const site = server()
    await verdictOf(
      { token: token({ iss: 'api.evil.example' }, { header: { jku: 'https://evil.example/keys', kid: 'k1' } }) },
      site,
    )
    expect(site.asked.map(({ url }) => url)).toEqual([`${SERVER}/.well-known/jwks.json`])
    expect(site.asked[0]?.init).toMatchObject({ redirect: 'error', credentials: 'omit' })
  })

  test('are kept for an hour, and asked for once however many ask', async () => {
    const { keys, asked, clock } = server()
    await Promise.all(Array.from({ length: 20 }, () => keys.find(SERVER, 'k1')))
    expect(asked.length).toBe(1)
    clock.now += 3_599_000
    await keys.find(SERVER, 'k1')
    expect(asked.length).toBe(1)
    clock.now += 1_000
    await keys.find(SERVER, 'k1')
    expect(asked.length).toBe(2)
  })

  test('are asked for anew for an unknown id, at most once a minute', async () => {
    const { keys, asked, clock } = server()
    await keys.find(SERVER, 'k1')
    for (let at = 0; at < 50; at++) expect(await keys.find(SERVER, `unknown-${at}`)).toEqual({ absent: true })
    expect(asked.length).toBe(1)
    clock.now += 60_000
    await keys.find(SERVER, 'unknown-51')
    await keys.find(SERVER, 'unknown-52')
    expect(asked.length).toBe(2)
  })

  test('that cannot be fetched leave what was checked before, and say so of what was not', async () => {
    const site = server()
    const checker = new EntitlementChecker(site.keys)
    expect((await checker.check(question())).verdict).toMatchObject({ kind: 'valid' })
    site.clock.now += 3_600_000
    const away = server(() =>
      Promise.reject(Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
    )
    expect(await verdictOf({}, away)).toMatchObject({
      refusal: {
        fault: 'unchecked',
        reason: expect.stringMatching(/cannot be checked now: api\.kube9\.example .*ECONNREFUSED/),
      },
    })
  })

  test('stay when the server is away after an hour', async () => {
    let isAway = false
    const site = server(() => (isAway ? new Response('busy', { status: 503 }) : Response.json(jwks)))
    const checker = new EntitlementChecker(site.keys)
    await checker.check(question())
    isAway = true
    site.clock.now += 3_700_000
    expect((await checker.check(question())).verdict).toMatchObject({ kind: 'valid' })
    expect(site.asked.length).toBe(2)
  })

  test('of kinds that are not known are left out', async () => {
    const { keys } = server(() => Response.json({ keys: [{ kty: 'RSA', kid: 'r1' }, 7, ...jwks.keys] }))
    expect(await keys.find(SERVER, 'k1')).toMatchObject({ key: { kid: 'k1' } })
  })
})
