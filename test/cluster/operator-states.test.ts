import { describe, expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { createTestKey } from '#test/context/test-operator.ts'
import { conditionOf, connect, isAway, isPro, useOperatorSetting } from './operator/operator-setting.ts'
import type { Behaviour } from './operator/server-front.ts'

const HOUR_MS = 3600_000

const settingOf = useOperatorSetting()

const html = (status: number): Behaviour => ({
  kind: 'answer',
  status,
  type: 'text/html',
  body: '<!doctype html><title>Log in to the network</title>',
})

describe('each state of the status', () => {
  test('no key: operated, free, healthy, and nobody is asked', async () => {
    const { front, site } = settingOf()
    site.start()
    const status = await site.statusWhere(
      'healthy with nodes',
      (seen) => conditionOf(seen, 'ClusterHealthy').status === 'True',
    )
    expect(status).toMatchObject({
      mode: 'operated',
      tier: 'free',
      registered: false,
      health: 'healthy',
      error: null,
      apiKeyConfigured: false,
      namespace: site.namespace,
    })
    expect(status).not.toHaveProperty('clusterId')
    expect(conditionOf(status, 'ServerReachable').reason).toBe('NotContacted')
    expect(conditionOf(status, 'CollectionsFresh')).toMatchObject({ status: 'Unknown', reason: 'NotCollecting' })
    expect(front.paths).toEqual([])
  })

  test('key accepted: enabled, pro, registered, healthy', async () => {
    const { front, site } = settingOf()
    const { status } = await connect(settingOf())
    expect(status).toMatchObject({ apiKeyConfigured: true, serverUrl: front.url, schemaVersion: 1 })
    expect(status.clusterId).toBe(clusterIdOf(`sha256:${(status.clusterId ?? '').slice(4)}`))
    const fresh = await site.statusWhere('fresh', (seen) => conditionOf(seen, 'CollectionsFresh').status === 'True')
    expect(fresh.conditions.map(({ type, status: holds, reason }) => `${type} ${holds} ${reason}`)).toEqual([
      'StatusWritable True Ready',
      'ApiKeyAccepted True KeyAccepted',
      'ServerReachable True ServerAnswers',
      'Registered True Registered',
      'CollectionsFresh True Fresh',
      'ClusterHealthy True NodesReady',
    ])
    expect(site.operator.log).toContain(`Connected to kube9: cluster ${status.clusterId} is registered`)
  })

  test('key refused: degraded with where to mend it, and the entitlement is gone from status and Secret', async () => {
    const { world, site, team } = settingOf()
    const { keyId, status: before } = await connect(settingOf())
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: keyId })
    const status = await site.statusWhere('refused', (seen) => seen.health === 'degraded')
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false })
    expect(status.error).toMatch(/API key was refused.*Create a new key.*https:\/\//)
    expect(status).not.toHaveProperty('entitlement')
    expect(conditionOf(status, 'ApiKeyAccepted')).toMatchObject({ status: 'False', reason: 'KeyRefused' })
    const record = await site.record()
    expect(record.entitlement).toBeNull()
    expect(record.clusterId).toBe(before.clusterId)
    expect(site.operator.log).toMatch(/"level":"error".*API key was refused.*https:\/\/app\.kube9\.io\/docs/)
  })
})

describe('each state without a registration', () => {
  test('plan refused: degraded, and says since when', async () => {
    const { world, site } = settingOf()
    const trialEndsAt = new Date(Date.now() - 24 * HOUR_MS)
    const expired = await world.createTeam({ trialEndsAt })
    site.setKey((await createTestKey(world, expired)).key)
    site.start()
    const status = await site.statusWhere('refused', (seen) => seen.error?.includes('plan') === true)
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false, health: 'degraded' })
    expect(status.error).toContain(trialEndsAt.toISOString())
    expect(status.error).toContain('SUBSCRIPTION_REQUIRED')
    expect(conditionOf(status, 'Registered')).toMatchObject({ status: 'False', reason: 'SubscriptionRequired' })
  })

  test('a text that is no key: degraded, and it is not sent anywhere', async () => {
    const { front, site } = settingOf()
    const key = generateApiKey('prod')
    site.setKey(key.slice(0, -1))
    site.start()
    const status = await site.statusWhere('degraded', (seen) => seen.health === 'degraded')
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false, apiKeyConfigured: true })
    expect(conditionOf(status, 'ApiKeyAccepted').reason).toBe('KeyMalformed')
    expect(front.paths).toEqual([])
    expect(site.operator.log).not.toContain(key.slice(0, 20))
  })

  test('plain http to another host: degraded, and the key is not sent', async () => {
    const { site } = settingOf()
    site.setKey(generateApiKey('prod'))
    site.start({ SERVER_URL: 'http://kube9.example' })
    const status = await site.statusWhere('degraded', (seen) => seen.health === 'degraded')
    expect(conditionOf(status, 'ServerReachable').reason).toBe('InsecureServerUrl')
    expect(status.error).toContain('http://kube9.example')
  })

  test('server away before the first registration: degraded, not registered, and then registered by itself', async () => {
    const { world, front, site, team } = settingOf()
    front.behaviour = html(502)
    site.setKey((await createTestKey(world, team)).key)
    site.start()
    const status = await site.statusWhere('away', isAway)
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false, health: 'degraded' })
    front.behaviour = { kind: 'pass' }
    await site.statusWhere('connected', isPro, 60_000)
  })
})

describe('a server that is away takes nothing within the grace', () => {
  const outages: [string, Behaviour, string][] = [
    ['503 with Retry-After', { ...html(503), headers: { 'retry-after': '1' } } as Behaviour, 'ServerFault'],
    ['429', { ...html(429), headers: { 'retry-after': '1' } } as Behaviour, 'ServerThrottled'],
    ['a proxy’s 403', html(403), 'UnexpectedAnswer'],
    ['a 401 that is not of the contract', html(401), 'UnexpectedAnswer'],
    ['a captive portal’s 200', html(200), 'UnexpectedAnswer'],
    ['a cut connection', { kind: 'cut' }, 'ServerUnreachable'],
    ['no answer', { kind: 'hang' }, 'ServerTimeout'],
  ]
  test.each(outages)('%s', async (_name, behaviour, reason) => {
    const { front, site } = settingOf()
    await connect(settingOf())
    front.behaviour = behaviour
    const away = await site.statusWhere('away', isAway, 40_000)
    expect(isPro(away)).toBe(true)
    expect(away.entitlement).toBeTypeOf('string')
    expect(conditionOf(away, 'ServerReachable').reason).toBe(reason)
    front.behaviour = { kind: 'pass' }
    await site.statusWhere('back', (seen) => isPro(seen) && !isAway(seen), 60_000)
    expect(front.calls('register')).toBe(1)
  })
})

describe('the grace outlives a restart, and ends', () => {
  test('an operator that is restarted meanwhile is still pro, and goes on by heartbeat', async () => {
    const { front, site } = settingOf()
    const { status: before } = await connect(settingOf())
    front.behaviour = { kind: 'cut' }
    await site.operator.end('SIGKILL')
    const sequence = (await site.record()).sequence
    site.start()
    const status = await site.statusWhere('away', (seen) => isAway(seen) && seen.lastUpdate > before.lastUpdate)
    expect(isPro(status)).toBe(true)
    expect(status.entitlement).toBeTypeOf('string')
    front.behaviour = { kind: 'pass' }
    await site.statusWhere('back', (seen) => isPro(seen) && !isAway(seen), 60_000)
    expect(front.calls('register')).toBe(1)
    expect((await site.record()).sequence).toBeGreaterThan(sequence)
  })

  test('after 72 hours it is free and degraded, with the time since when, until the server is back', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    front.behaviour = { kind: 'cut' }
    await site.operator.end('SIGTERM')
    const lastServerContact = new Date(Date.now() - 73 * HOUR_MS).toISOString()
    await site.editRecord({ lastServerContact })
    site.start()
    const status = await site.statusWhere('over', (seen) => seen.error?.includes('72 hours') === true)
    expect(status).toMatchObject({ mode: 'enabled', tier: 'free', registered: false, health: 'degraded' })
    expect(status.error).toContain(lastServerContact)
    expect(status).not.toHaveProperty('entitlement')
    expect(conditionOf(status, 'Registered').reason).toBe('GraceOver')
    front.behaviour = { kind: 'pass' }
    await site.statusWhere('back', isPro, 60_000)
  })

  test('an entitlement that was tampered with gives no grace', async () => {
    const { front, site } = settingOf()
    await connect(settingOf())
    front.behaviour = { kind: 'cut' }
    await site.operator.end('SIGTERM')
    const { entitlement } = await site.record()
    const [header, payload = '', signature] = (entitlement ?? '').split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number }
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 8760 * 3600 })).toString('base64url')
    await site.editRecord({ entitlement: [header, longer, signature].join('.') })
    site.start()
    const status = await site.statusWhere('not pro', (seen) => seen.health === 'degraded')
    expect(status).toMatchObject({ tier: 'free', registered: false })
    expect(status).not.toHaveProperty('entitlement')
  })
})

describe('the key may change at any time, without a restart', () => {
  test('a key that comes later makes an operated operator enabled, and one that goes makes it operated again', async () => {
    const { world, site, team } = settingOf()
    site.start()
    await site.statusWhere('operated', ({ mode }) => mode === 'operated')
    const { key } = await createTestKey(world, team)
    site.setKey(key)
    await site.statusWhere('connected', isPro)
    site.setKey(null)
    const status = await site.statusWhere('operated', ({ mode }) => mode === 'operated')
    expect(status).toMatchObject({ tier: 'free', health: 'healthy', error: null })
    expect(status).not.toHaveProperty('entitlement')
    expect(site.operator.hasEnded).toBe(false)
  })

  test('a new key after a refusal brings the same cluster back', async () => {
    const { world, site, team } = settingOf()
    const { keyId, status: before } = await connect(settingOf())
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: keyId })
    await site.statusWhere('refused', (seen) => seen.health === 'degraded')
    site.setKey((await createTestKey(world, team, 'second')).key)
    const status = await site.statusWhere('connected', isPro)
    expect(status.clusterId).toBe(before.clusterId)
    expect(status.entitlement).toBeTypeOf('string')
  })
})
