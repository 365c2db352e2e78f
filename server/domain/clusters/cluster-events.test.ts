import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clusterEventsSchema } from '#contract/cluster-report.ts'
import type { ReportedCondition } from '#contract/conditions.ts'
import { admitOperator, revokeApiKey } from '#server/domain/api-keys/index.ts'
import { listClusterEvents } from '#server/domain/cluster-reports/index.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { createTestKey, publicRegistration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { announceOfflineClusters, deregisterCluster, registerCluster } from './index.ts'

let world: TestWorld
let team: TestTeam
let cluster: TestCluster
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam({ plan: 'pro' })
  cluster = await TestCluster.register(world, team)
})

const job = () => announceOfflineClusters(world.context({ kind: 'system', job: 'announce-offline' }))

/** What happened since the registration, the oldest first. */
async function events(clusterId = cluster.clusterId) {
  const listed = await listClusterEvents(world.context(team.owner), { teamId: team.id, clusterId })
  return clusterEventsSchema.parse(listed).toReversed().slice(1)
}

const kinds = async (clusterId?: string) => (await events(clusterId)).map(({ kind }) => kind)

function condition(fields: Partial<ReportedCondition>): ReportedCondition {
  return {
    type: 'ClusterHealthy',
    status: 'True',
    reason: 'NodesReady',
    lastTransitionTime: world.clock.now().toISOString(),
    ...fields,
  }
}

describe('events of a cluster', () => {
  test('begin with its registration, and a quiet beat adds none', async () => {
    await cluster.beat({ conditions: [condition({})] })
    world.clock.advance({ seconds: 30 })
    await cluster.beat({ conditions: [condition({})] })
    const listed = await listClusterEvents(world.context(team.owner), {
      teamId: team.id,
      clusterId: cluster.clusterId,
    })
    expect(listed.map(({ kind }) => kind)).toEqual(['registered'])
  })

  test('tell of a condition when its status or reason changed, and not when its date did', async () => {
    await cluster.beat({ conditions: [condition({})] })
    for (const fields of [
      { status: 'False', reason: 'NodesNotReady' },
      { status: 'False', reason: 'NodesNotReady' },
      { status: 'Unknown', reason: 'KubernetesUnreachable' },
    ] as const) {
      world.clock.advance({ seconds: 30 })
      await cluster.beat({ conditions: [condition(fields)] })
    }
    expect(await events()).toMatchObject([
      {
        kind: 'condition-changed',
        severity: 'warning',
        message: 'At least one node is not ready.',
        condition: { type: 'ClusterHealthy', status: 'False', reason: 'NodesNotReady' },
      },
      { kind: 'condition-changed', severity: 'info', condition: { status: 'Unknown' } },
    ])
  })

  test('tell of health when it changed', async () => {
    for (const health of ['healthy', 'degraded', 'degraded', 'unhealthy', 'healthy'] as const) {
      world.clock.advance({ seconds: 30 })
      await cluster.beat({ health })
    }
    expect((await events()).map(({ kind, severity }) => [kind, severity])).toEqual([
      ['health-changed', 'warning'],
      ['health-changed', 'error'],
      ['health-changed', 'info'],
    ])
  })

  test('tell once of a silence, whichever job notices it, and of its end', async () => {
    await cluster.beat()
    const silentFrom = world.clock.now().getTime()
    world.clock.advance({ seconds: 185 })
    await Promise.all([job(), job()])
    world.clock.advance({ minutes: 5 })
    await job()
    await cluster.beat()
    expect((await events()).map(({ kind, at }) => [kind, (Date.parse(at) - silentFrom) / 1000])).toEqual([
      ['went-offline', 180],
      ['came-back', 485],
    ])
    world.clock.advance({ seconds: 30 })
    await cluster.beat()
    expect(await events()).toHaveLength(2)
  })

  test('tell of a silence that no job noticed', async () => {
    await cluster.beat()
    world.clock.advance({ minutes: 9 })
    await cluster.beat()
    expect(await kinds()).toEqual(['went-offline', 'came-back'])
  })

  test('tell once that it is refused, however often it tries, and when it is accepted again', async () => {
    await cluster.beat()
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } })
    for (let count = 0; count < 3; count++) {
      world.clock.advance({ minutes: 2 })
      await expect(cluster.beat()).rejects.toMatchObject({ code: 'SUBSCRIPTION_REQUIRED' })
      await job()
    }
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'pro' } })
    world.clock.advance({ seconds: 30 })
    await cluster.beat()
    const told = await events()
    expect(told.map(({ kind }) => kind)).toEqual(['refused', 'accepted-again'])
    expect(told[0]).toMatchObject({ severity: 'error', message: expect.stringContaining('no active plan') as string })
  })

  test('tell that a key was refused, in words of the server', async () => {
    await cluster.beat()
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: cluster.apiKey.id })
    const presented = { apiKey: cluster.apiKey.key, address: '192.0.2.1' }
    const claim = { clusterId: cluster.clusterId, clusterToken: cluster.clusterToken }
    const admitted = admitOperator(world.context({ kind: 'anonymous' }), presented, claim)
    await expect(admitted).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
    expect(await events()).toMatchObject([
      { kind: 'refused', message: expect.stringContaining('The API key was revoked') as string },
    ])
  })

  test('tell of a fork on both sides of it', async () => {
    await cluster.beat()
    world.clock.advance({ seconds: 30 })
    const copy = await registerCluster(cluster.context, { ...cluster.sent, instanceId: randomUUID() })
    expect(copy.forked).toBe(true)
    expect(await kinds()).toEqual(['forked'])
    const [forked] = await listClusterEvents(world.context(team.owner), { teamId: team.id, clusterId: copy.clusterId })
    expect(forked).toMatchObject({ kind: 'forked', severity: 'warning' })
    expect(forked?.message).not.toBe((await events())[0]?.message)
  })

  test('tell of a goodbye, and of the next registration', async () => {
    await cluster.beat()
    world.clock.advance({ minutes: 1 })
    const { clusterId, clusterToken } = cluster
    await deregisterCluster(cluster.context, { clusterId, clusterToken })
    world.clock.advance({ hours: 1 })
    await job()
    await registerCluster(cluster.context, { ...cluster.sent, instanceId: randomUUID() })
    expect(await kinds()).toEqual(['said-goodbye', 'registered'])
  })

  test('do not tell each hour that a public operator is still there', async () => {
    const { actor } = await createTestKey(world, team, 'public')
    const sent = publicRegistration()
    const { clusterId } = await registerCluster(world.context(actor), sent)
    for (let count = 0; count < 3; count++) {
      world.clock.advance({ hours: 1 })
      await job()
      await registerCluster(world.context(actor), sent)
    }
    expect(await kinds(clusterId)).toEqual([])
  })

  test('are not left behind by a beat that failed', async () => {
    await cluster.beat()
    const sequence = { sequence: 99, instanceId: cluster.sent.instanceId ?? '' }
    // No partition is made for a day so far away, so the sample cannot be kept, and the beat fails with it.
    const before = world.clock.now()
    world.clock.advance({ days: 300 })
    await expect(cluster.beat({ ...sequence, health: 'unhealthy' })).rejects.toThrow(/partition/)
    world.clock.set(before)
    expect(await kinds()).toEqual([])
  })
})
