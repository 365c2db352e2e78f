import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEnv, testSecret } from '#test/context/test-env.ts'
import { identifierOf } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { getJwks, issueEntitlement, rotateSigningKeys } from './index.ts'

const HOUR_MS = 3_600_000

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

const ctx = () => world.context({ kind: 'system', job: 'test' })
const grant = {
  teamId: '01970000-0000-7000-8000-000000000000',
  clusterId: 'cls_0123456789abcdef0123456789abcdef',
  identifier: identifierOf('a cluster'),
  tier: 'pro' as const,
  features: ['insights'],
}

describe('signing keys', () => {
  test('several processes that begin at once agree on one key that signs and one that follows', async () => {
    await Promise.all(Array.from({ length: 5 }, () => rotateSigningKeys(ctx())))
    const tokens = await Promise.all(Array.from({ length: 5 }, () => issueEntitlement(ctx(), grant)))
    expect(new Set(tokens.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1)
    expect((await getJwks(ctx())).keys).toHaveLength(2)
  })

  test('over a year: each key is published 24 hours before it signs, and 73 hours after it last signed', async () => {
    const published = new Map<string, { first: number; last: number }>()
    const signed = new Map<string, { first: number; last: number }>()
    const note = (seen: Map<string, { first: number; last: number }>, kid: string, at: number) =>
      seen.set(kid, { first: seen.get(kid)?.first ?? at, last: at })
    const begin = world.clock.now().getTime()
    const stepMs = 12 * HOUR_MS
    for (let at = begin; at < begin + 365 * 24 * HOUR_MS; at += stepMs) {
      world.clock.set(new Date(at))
      await rotateSigningKeys(ctx())
      const { keys } = await getJwks(ctx())
      expect(keys.length).toBeGreaterThanOrEqual(2)
      for (const { kid } of keys) note(published, kid, at)
      const token = await issueEntitlement(ctx(), grant)
      note(signed, decodeProtectedHeader(token).kid ?? '', at)
      const verified = await jwtVerify(token, createLocalJWKSet({ keys } as JSONWebKeySet), {
        currentDate: world.clock.now(),
      })
      expect(verified.payload.sub).toBe(grant.clusterId)
    }
    expect(signed.size).toBeGreaterThan(10)
    const finished = [...signed].slice(1, -1)
    for (const [kid, times] of finished) {
      const seen = published.get(kid)
      if (!seen) throw new Error(`Key ${kid} signed and was never published.`)
      expect(times.first - seen.first).toBeGreaterThanOrEqual(24 * HOUR_MS)
      expect(seen.last - times.last).toBeGreaterThanOrEqual(73 * HOUR_MS - stepMs)
      expect(seen.last - times.last).toBeLessThanOrEqual(73 * HOUR_MS + stepMs)
    }
    world.clock.set(new Date(begin + 365 * 24 * HOUR_MS))
  }, 120_000)

  test('a retired key has lost its private half, and no private half lies open', async () => {
    const rows = await world.db.signingKey.findMany()
    const retired = rows.filter((row) => row.retiredAt !== null)
    expect(retired.length).toBeGreaterThan(0)
    for (const row of retired) expect(row.sealedPrivate).toHaveLength(0)
    for (const row of rows) expect(Buffer.from(row.sealedPrivate).toString('latin1')).not.toContain('"d"')
  })

  test('a process with another signing secret issues nothing', async () => {
    const env = testEnv(world.database.appUrl, { SIGNING_SECRET: testSecret('another') })
    await expect(issueEntitlement(world.context({ kind: 'system', job: 'test' }, { env }), grant)).rejects.toThrow(
      /unable to authenticate/,
    )
  })
})
