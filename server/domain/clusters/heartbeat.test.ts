import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HeartbeatRequest, HeartbeatResponse } from '#contract/operator-api.ts'
import type { ServiceContext } from '#server/core/context.ts'
import type { Transaction } from '#server/platform/database.ts'
import { createTestKey, heartbeat, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { untilOneWaits } from '#test/database/until-one-waits.ts'
import {
  deregisterCluster,
  getCluster,
  listClusters,
  recordHeartbeat,
  registerCluster,
  removeCluster,
} from './index.ts'

let world: TestWorld
let team: TestTeam
let ctx: ServiceContext
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())
beforeEach(async () => {
  team = await world.createTeam()
  ctx = world.context((await createTestKey(world, team)).actor)
})

/** A registered cluster whose instances beat with one token, each with the sequence given. */
async function registered() {
  const instanceId = randomUUID()
  const sent = registration({ instanceId })
  const { clusterId, clusterToken } = await registerCluster(ctx, sent)
  const beat = (instance: string, sequence: number, fields: Partial<HeartbeatRequest> = {}) =>
    recordHeartbeat(ctx, { ...heartbeat({ clusterId, instanceId: instance, sequence, ...fields }), clusterToken })
  return { sent, clusterId, clusterToken, instanceId, beat }
}

async function onlyCluster() {
  const [summary] = await listClusters(world.context(team.owner), { teamId: team.id })
  if (!summary) throw new Error('The team has no cluster.')
  return getCluster(world.context(team.owner), { teamId: team.id, id: summary.id })
}

/** Resolves once a beat waits for the lock that the caller holds. Its outcome is its answer, or the code of its refusal. */
async function whileItWaits(beat: Promise<HeartbeatResponse>) {
  const outcome: Promise<unknown> = beat.catch((error: unknown) => (error as { code?: unknown }).code)
  await untilOneWaits(world.db, outcome)
  return { outcome }
}

describe('recordHeartbeat', () => {
  test('turns a waiting cluster healthy, with messages written from reasons by the server', async () => {
    const { instanceId, beat } = await registered()
    expect((await onlyCluster()).state).toBe('waiting')
    const lastTransitionTime = '2026-11-01T08:00:00.000Z'
    await beat(instanceId, 1, {
      nodeCount: 5,
      conditions: [
        { type: 'Registered', status: 'True', reason: 'Registered', lastTransitionTime },
        { type: 'SomethingOfALaterVersion', status: 'True', reason: 'Unknown', lastTransitionTime },
      ],
    })
    expect(await onlyCluster()).toMatchObject({
      state: 'healthy',
      nodeCount: 5,
      conditions: [
        {
          type: 'Registered',
          status: 'True',
          reason: 'Registered',
          message: 'The cluster is registered.',
          lastTransitionTime,
        },
      ],
    })
  })

  test('is refused to an operator whose place another takes meanwhile, which goes on undisturbed', async () => {
    const { sent, clusterId, instanceId, beat } = await registered()
    await beat(instanceId, 5_000)
    world.clock.advance({ seconds: 700 })
    const next = randomUUID()
    const takeOver = async (tx: Transaction) => {
      const { clusterIdentifier } = sent
      const { clusterToken } = await registerCluster(
        { ...ctx, db: tx },
        registration({ clusterIdentifier, instanceId: next }),
      )
      return { clusterToken, ...(await whileItWaits(beat(instanceId, 5_001))) }
    }
    const { clusterToken, outcome } = await world.db.$transaction(takeOver, { timeout: 30_000 })
    expect(await outcome).toBe('INVALID_CLUSTER_TOKEN')
    for (let sequence = 1; sequence <= 10; sequence++) {
      world.clock.advance({ seconds: 30 })
      await recordHeartbeat(ctx, { ...heartbeat({ clusterId, instanceId: next, sequence }), clusterToken })
    }
    expect((await onlyCluster()).state).toBe('healthy')
  })

  test('changes nothing, and is given no entitlement, when its cluster says goodbye meanwhile', async () => {
    const { clusterId, clusterToken, instanceId, beat } = await registered()
    await beat(instanceId, 1)
    const goodbye = async (tx: Transaction) => {
      await deregisterCluster({ ...ctx, db: tx }, { clusterId, clusterToken })
      return whileItWaits(beat(instanceId, 2, { health: 'unhealthy' }))
    }
    const { outcome } = await world.db.$transaction(goodbye, { timeout: 30_000 })
    expect(await outcome).not.toHaveProperty('entitlement')
    expect((await onlyCluster()).state).toBe('goodbye')
    expect(await world.db.clusterEvent.count({ where: { teamId: team.id, kind: 'health-changed' } })).toBe(0)
  })

  test('shows what the operator reports, and offline when beats stop', async () => {
    const { instanceId, beat } = await registered()
    await beat(instanceId, 1, { health: 'degraded' })
    expect((await onlyCluster()).state).toBe('degraded')
    world.clock.advance({ seconds: 180 })
    expect((await onlyCluster()).state).toBe('degraded')
    world.clock.advance({ seconds: 1 })
    expect((await onlyCluster()).state).toBe('offline')
    await beat(instanceId, 2)
    expect((await onlyCluster()).state).toBe('healthy')
  })

  test('takes a repeat of the same sequence for one beat', async () => {
    const { instanceId, beat } = await registered()
    await beat(instanceId, 1, { nodeCount: 4 })
    await beat(instanceId, 1, { nodeCount: 9 })
    expect((await onlyCluster()).nodeCount).toBe(4)
  })
})

describe('instances of one operator', () => {
  test('never forks for a restart, however often the operator restarts', async () => {
    const { beat } = await registered()
    for (let sequence = 1; sequence <= 12; sequence++) await expect(beat(randomUUID(), sequence)).resolves.toBeDefined()
    expect(await world.db.cluster.count({ where: { teamId: team.id } })).toBe(1)
  })

  test('does not take a beat that was late on its way for a second instance', async () => {
    const { instanceId, beat } = await registered()
    await beat(instanceId, 1)
    const restarted = randomUUID()
    await beat(restarted, 3, { nodeCount: 7 })
    await beat(instanceId, 2, { nodeCount: 1 })
    await beat(restarted, 4, { nodeCount: 7 })
    expect((await onlyCluster()).nodeCount).toBe(7)
  })

  test('forks the younger of two instances that interleave, and the older goes on undisturbed', async () => {
    const { sent, clusterId, clusterToken, instanceId, beat } = await registered()
    await beat(instanceId, 1)
    const copy = randomUUID()
    await beat(copy, 2)
    await beat(instanceId, 2)
    await beat(instanceId, 3)
    await expect(beat(copy, 3)).rejects.toMatchObject({ code: 'CLUSTER_FORKED' })
    await beat(instanceId, 4)
    const fork = await registerCluster(ctx, { ...sent, instanceId: copy, clusterToken })
    expect(fork).toMatchObject({ forked: true, status: 'registered' })
    expect(fork.clusterId).not.toBe(clusterId)
    const ofFork = {
      ...heartbeat({ clusterId: fork.clusterId, instanceId: copy, sequence: 1 }),
      clusterToken: fork.clusterToken,
    }
    await expect(recordHeartbeat(ctx, ofFork)).resolves.toHaveProperty('entitlement')
    await expect(beat(instanceId, 5)).resolves.toHaveProperty('entitlement')
  })

  test('forks one of two copies whichever of them beats first, within three rounds', async () => {
    const { beat } = await registered()
    const [one, other] = [randomUUID(), randomUUID()]
    const refusals: unknown[] = []
    for (let sequence = 1; sequence <= 3; sequence++) {
      for (const instance of [one, other])
        await beat(instance, sequence).catch((error: unknown) => refusals.push(error))
    }
    expect(refusals[0]).toMatchObject({ code: 'CLUSTER_FORKED' })
  })
})

describe('the pace, the plan and the end of a cluster', () => {
  test('never limits who keeps the pace, and limits who does not', async () => {
    const { instanceId, beat } = await registered()
    let sequence = 0
    for (let count = 0; count < 140; count++) {
      world.clock.advance({ seconds: 27 })
      await beat(instanceId, ++sequence)
    }
    const hasty = async () => {
      for (let count = 0; count < 121; count++) await beat(instanceId, ++sequence)
    }
    await expect(hasty()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 30 })
    world.clock.advance({ seconds: 30 })
    await expect(beat(instanceId, ++sequence)).resolves.toBeDefined()
  })

  test('changes nothing in the seconds after a goodbye in which the old instance still runs', async () => {
    const { instanceId, beat, clusterId, clusterToken } = await registered()
    await beat(instanceId, 1)
    await deregisterCluster(ctx, { clusterId, clusterToken })
    expect(await beat(instanceId, 2)).not.toHaveProperty('entitlement')
    expect((await onlyCluster()).state).toBe('goodbye')
    world.clock.advance({ minutes: 2 })
    await expect(beat(instanceId, 3)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('asks a cluster that was removed to register again', async () => {
    const { instanceId, beat } = await registered()
    const { id } = await onlyCluster()
    await removeCluster(world.context(team.owner), { teamId: team.id, id })
    await expect(beat(instanceId, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('refuses with the date when the trial ends, shows it, and heals by itself when a plan is chosen', async () => {
    const { instanceId, beat } = await registered()
    await beat(instanceId, 1)
    world.clock.advance({ days: 14 })
    await expect(beat(instanceId, 2)).rejects.toMatchObject({ code: 'SUBSCRIPTION_REQUIRED' })
    expect(await onlyCluster()).toMatchObject({ state: 'refused', refusal: { code: 'SUBSCRIPTION_REQUIRED' } })
    await world.db.team.update({ where: { id: team.id }, data: { plan: 'pro' } })
    await beat(instanceId, 3)
    expect(await onlyCluster()).toMatchObject({ state: 'healthy', refusal: null })
  })
})

describe('deregisterCluster', () => {
  test('needs the token of the cluster, and is done once', async () => {
    const { clusterId, clusterToken } = await registered()
    await expect(deregisterCluster(ctx, { clusterId })).rejects.toMatchObject({ code: 'INVALID_CLUSTER_TOKEN' })
    await deregisterCluster(ctx, { clusterId, clusterToken })
    await deregisterCluster(ctx, { clusterId, clusterToken })
    expect(await world.db.auditEntry.count({ where: { teamId: team.id, action: 'cluster.deregistered' } })).toBe(1)
  })
})
