import { afterAll, beforeAll, expect, test } from 'vitest'
import { onboardingProgressSchema } from '#contract/portal-api.ts'
import { admitOperator, revokeApiKey } from '#server/domain/api-keys/index.ts'
import { recordHeartbeat, registerCluster } from '#server/domain/clusters/index.ts'
import { createTestKey, heartbeat, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { readOnboardingProgress } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

test('the waiting page goes from waiting over registered to connected, with the time of each step', async () => {
  const team = await world.createTeam()
  const { id, actor } = await createTestKey(world, team)
  const progress = async () =>
    onboardingProgressSchema.parse(
      await readOnboardingProgress(world.context(team.owner), { teamId: team.id, apiKeyId: id }),
    )
  expect(await progress()).toMatchObject({ state: 'waiting', cluster: null, steps: { keySeenAt: null } })
  const sent = registration()
  const { clusterId, clusterToken } = await registerCluster(world.context(actor), sent)
  expect(await progress()).toMatchObject({
    state: 'registered',
    cluster: { clusterId, state: 'waiting' },
    steps: { registeredAt: world.clock.now().toISOString(), firstHeartbeatAt: null },
  })
  await recordHeartbeat(world.context(actor), {
    ...heartbeat({ clusterId, instanceId: sent.instanceId ?? '', sequence: 1 }),
    clusterToken,
  })
  expect(await progress()).toMatchObject({
    state: 'connected',
    cluster: { state: 'healthy' },
    steps: { firstReportAt: world.clock.now().toISOString() },
  })
})

test('a refused attempt shows when, with which operator, why, and what mends it', async () => {
  const team = await world.createTeam()
  const { id, key } = await createTestKey(world, team)
  await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
  const attempt = admitOperator(
    world.context({ kind: 'anonymous' }),
    { apiKey: key, address: '203.0.113.1' },
    { operatorVersion: '1.4.2' },
  )
  await expect(attempt).rejects.toMatchObject({ code: 'INVALID_API_KEY' })
  expect(await readOnboardingProgress(world.context(team.owner), { teamId: team.id, apiKeyId: id })).toMatchObject({
    state: 'refused',
    keyRevoked: true,
    refusedAttempts: [
      {
        at: world.clock.now().toISOString(),
        code: 'INVALID_API_KEY',
        operatorVersion: '1.4.2',
        message: expect.stringContaining('Create a new key') as string,
      },
    ],
  })
})

test('a key of another team is not there', async () => {
  const [team, other] = [await world.createTeam(), await world.createTeam()]
  const { id } = await createTestKey(world, other)
  await expect(
    readOnboardingProgress(world.context(team.owner), { teamId: team.id, apiKeyId: id }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
