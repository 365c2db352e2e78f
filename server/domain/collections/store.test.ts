import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { collectionTypes } from '#contract/collections.ts'
import type { Collection } from '#contract/collections.ts'
import { deregisterCluster, registerCluster } from '#server/domain/clusters/index.ts'
import { createTestKey, publicRegistration, registration } from '#test/context/test-operator.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata, resourceInventory } from '#test/context/test-collections.ts'
import { testEnv } from '#test/context/test-env.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { storeCollection } from './index.ts'

let world: TestWorld
let team: TestTeam
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam()
})

function collection(fields: Partial<Collection['data']> = {}): Collection {
  const timestamp = '2026-11-23T10:00:00.000Z'
  const data = { collectionId: `coll_${randomUUID().replaceAll('-', '')}`, timestamp, ...fields }
  return { version: 'v1.0.0', type: 'cluster-metadata', data, sanitization: { rulesApplied: [], timestamp } }
}

async function storedFor(clusterId: string): Promise<number> {
  const { id } = await world.db.cluster.findFirstOrThrow({
    where: { teamId: team.id, clusterId },
    select: { id: true },
  })
  const rows = await world.db.$queryRaw<
    { count: bigint }[]
  >`SELECT count(*) FROM ts.collections WHERE cluster_row_id = ${id}::uuid`
  return Number(rows[0]?.count)
}

describe('storeCollection', () => {
  test('keeps a collection once, also when its repeat comes after midnight', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const { clusterId, clusterToken } = await registerCluster(ctx, registration())
    const sent = { ...collection(), clusterToken }
    const midnight = new Date(world.clock.now())
    midnight.setUTCHours(24, 0, 0, 0)
    const before = world.clock.now()
    world.clock.set(new Date(midnight.getTime() - 1))
    expect(await storeCollection(ctx, sent)).toMatchObject({ stored: true })
    world.clock.set(new Date(midnight.getTime() + 1))
    expect(await storeCollection(ctx, sent)).toMatchObject({ stored: false })
    world.clock.set(before)
    expect(await storedFor(clusterId)).toBe(1)
  })

  test('keeps one of many repeats that come at the same time', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const { clusterId, clusterToken } = await registerCluster(ctx, registration())
    const sent = { ...collection(), clusterToken }
    const receipts = await Promise.all(Array.from({ length: 8 }, () => storeCollection(ctx, sent)))
    expect(receipts.filter(({ stored }) => stored)).toHaveLength(1)
    expect(await storedFor(clusterId)).toBe(1)
  })

  test('leaves no receipt when the payload could not be kept, so that a retry succeeds', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const { clusterToken } = await registerCluster(ctx, registration())
    const sent = { ...collection(), clusterToken }
    const before = world.clock.now()
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'pro' } })
    // No partition is made for a day so far away.
    world.clock.advance({ days: 300 })
    await expect(storeCollection(ctx, sent)).rejects.toThrow(/partition/)
    world.clock.set(before)
    expect(await storeCollection(ctx, sent)).toMatchObject({ stored: true })
  })
})

describe('a collection that crosses the goodbye of its cluster', () => {
  test('is accepted and changes nothing, so that its operator does not register once more', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const { clusterId, clusterToken } = await registerCluster(ctx, registration())
    await deregisterCluster(ctx, { clusterId, clusterToken })
    expect(await storeCollection(ctx, { ...collection(), clusterToken })).toMatchObject({ stored: false })
    expect(await storedFor(clusterId)).toBe(0)
    const { deregisteredAt } = await world.db.cluster.findFirstOrThrow({
      where: { teamId: team.id, clusterId },
      select: { deregisteredAt: true },
    })
    expect(deregisteredAt).not.toBeNull()
  })

  test('is refused when it comes long after', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const { clusterId, clusterToken } = await registerCluster(ctx, registration())
    await deregisterCluster(ctx, { clusterId, clusterToken })
    world.clock.advance({ seconds: 121 })
    await expect(storeCollection(ctx, { ...collection(), clusterToken })).rejects.toMatchObject({
      code: 'INVALID_CLUSTER_TOKEN',
    })
  })
})

describe('the pace of collections', () => {
  test('never limits who keeps a pace of 5 s with each type, and limits who sends without end', async () => {
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'pro' } })
    const key = await createTestKey(world, team)
    const env = testEnv(world.database.appUrl, { COLLECTION_SECONDS: '5' })
    const { clusterToken, configuration } = await registerCluster(world.context(key.actor, { env }), registration())
    expect(configuration.metricsIntervalSeconds).toBe(5)
    const send = () => storeCollection(world.context(key.actor, { env }), { ...collection(), clusterToken })
    for (let round = 0; round < 80; round++) {
      for (const _type of collectionTypes) await send()
      world.clock.advance({ seconds: 5 })
    }
    const endless = async () => {
      for (let count = 0; count < 121; count++)
        await storeCollection(world.context(key.actor), { ...collection(), clusterToken })
    }
    await expect(endless()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  })
})

describe('what is kept of a collection beside its payload', () => {
  test('are the numbers of our form, and nothing of another form', async () => {
    const cluster = await TestCluster.register(world, team)
    await cluster.collect(clusterMetadata({ nodeCount: 3, readyNodeCount: 2 }))
    await cluster.collect(resourceInventory({ restarts: 7 }))
    await cluster.collect(collection({ nodeCount: 4, provider: 'aws' }))
    const rows = await world.db.$queryRaw`
      SELECT numbers FROM ts.collections WHERE cluster_row_id = ${cluster.rowId}::uuid ORDER BY numbers IS NULL, type`
    expect(rows).toEqual([
      { numbers: { nodes: 3, readyNodes: 2 } },
      { numbers: { podsRunning: 2, podsPending: 1, podsFailed: 0, restarts: 7 } },
      { numbers: null },
    ])
  })

  test('is the change of a salt, once, though all collections of a round come at the same time', async () => {
    const cluster = await TestCluster.register(world, team)
    await cluster.collect(clusterMetadata())
    const saltId = 'salt_fedcba9876543210'
    await Promise.all(
      [clusterMetadata({ saltId }), resourceInventory({ saltId }), clusterMetadata({ saltId })].map((sent) =>
        cluster.collect(sent),
      ),
    )
    await cluster.collect(resourceInventory({ saltId }))
    expect(await world.db.clusterEvent.count({ where: { teamId: team.id, kind: 'salt-changed' } })).toBe(1)
  })
})

describe('which cluster a collection is of', () => {
  test('finds the cluster of a public operator by the id it names, among those of its key', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    const [one, other] = [
      await registerCluster(ctx, publicRegistration()),
      await registerCluster(ctx, publicRegistration()),
    ]
    await storeCollection(ctx, collection({ clusterId: one.clusterId }))
    expect([await storedFor(one.clusterId), await storedFor(other.clusterId)]).toEqual([1, 0])
  })

  test('never takes a key alone for a cluster that has a token, or is of another key', async () => {
    const [mine, other] = [await createTestKey(world, team), await createTestKey(world, team, 'other')]
    const ours = await registerCluster(world.context(mine.actor), registration())
    const publicOne = await registerCluster(world.context(other.actor), publicRegistration())
    for (const { clusterId } of [ours, publicOne]) {
      await expect(storeCollection(world.context(mine.actor), collection({ clusterId }))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    await expect(
      storeCollection(world.context(mine.actor), { ...collection(), clusterToken: 'x'.repeat(43) }),
    ).rejects.toMatchObject({ code: 'INVALID_CLUSTER_TOKEN' })
  })

  test('refuses when the plan has ended', async () => {
    const ctx = world.context((await createTestKey(world, team)).actor)
    await registerCluster(ctx, publicRegistration())
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'free' } })
    await expect(storeCollection(ctx, collection())).rejects.toMatchObject({ code: 'SUBSCRIPTION_REQUIRED' })
  })
})
