import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { registerResponseSchema } from '#contract/operator-api.ts'
import {
  createTestKey,
  heartbeat,
  identifierOf,
  publicRegistration,
  registration,
} from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import { deregisterCluster, listClusters, recordHeartbeat, registerCluster } from './index.ts'

let world: TestWorld
beforeAll(async () => {
  world = await TestWorld.create()
})
afterAll(() => world.close())

/** A team with a key, and the two calls of an operator that presents it. */
async function operatorOf(plan: Parameters<TestWorld['createTeam']>[0] = {}) {
  const team = await world.createTeam(plan)
  const key = await createTestKey(world, team)
  const ctx = world.context(key.actor)
  return { team, key, ctx }
}

describe('registerCluster', () => {
  test('gives a new cluster the id that clients derive by themselves, a token, and an answer in the form of the contract', async () => {
    const { ctx } = await operatorOf()
    const sent = registration()
    const answer = await registerCluster(ctx, sent)
    expect(registerResponseSchema.parse(answer)).toMatchObject({
      status: 'registered',
      clusterId: clusterIdOf(sent.clusterIdentifier),
      tier: 'pro',
    })
    expect(answer.clusterToken).toMatch(/^[\w-]{43}$/)
    const stored = await world.db.cluster.findFirstOrThrow({ where: { clusterId: answer.clusterId } })
    expect(Buffer.from(stored.tokenHash ?? []).toString('base64url')).not.toBe(answer.clusterToken)
  })

  test('recognises the cluster that shows its token, also after a restart, and issues no second token', async () => {
    const { ctx } = await operatorOf()
    const sent = registration()
    const first = await registerCluster(ctx, sent)
    const again = await registerCluster(ctx, { ...sent, instanceId: randomUUID(), clusterToken: first.clusterToken })
    expect(again).toMatchObject({ status: 'reregistered', clusterId: first.clusterId })
    expect(again.clusterToken).toBeUndefined()
    expect(again.forked).toBeUndefined()
  })

  test('recognises an instance whose first answer was lost, and gives it a token that works', async () => {
    const { ctx } = await operatorOf()
    const sent = registration()
    const lost = await registerCluster(ctx, sent)
    const answer = await registerCluster(ctx, sent)
    expect(answer).toMatchObject({ status: 'reregistered', clusterId: lost.clusterId })
    expect(answer.clusterToken).toBeDefined()
    const beat = heartbeat({ clusterId: answer.clusterId, instanceId: sent.instanceId ?? '', sequence: 1 })
    await expect(recordHeartbeat(ctx, { ...beat, clusterToken: lost.clusterToken })).rejects.toMatchObject({
      code: 'INVALID_CLUSTER_TOKEN',
    })
    await expect(recordHeartbeat(ctx, { ...beat, clusterToken: answer.clusterToken })).resolves.toMatchObject({
      nextHeartbeatSeconds: 30,
    })
  })
})

describe('who registers a cluster that is there already', () => {
  test('forks who registers a live cluster without its token, tells the owner, and disturbs neither', async () => {
    const { ctx, team } = await operatorOf()
    const original = registration()
    const first = await registerCluster(ctx, original)
    const copy = registration({ clusterIdentifier: original.clusterIdentifier })
    const fork = await registerCluster(ctx, copy)
    expect(fork).toMatchObject({ status: 'registered', forked: true })
    expect(fork.clusterId).not.toBe(first.clusterId)
    const beats = [
      {
        ...heartbeat({ clusterId: first.clusterId, instanceId: original.instanceId ?? '', sequence: 1 }),
        clusterToken: first.clusterToken,
      },
      {
        ...heartbeat({ clusterId: fork.clusterId, instanceId: copy.instanceId ?? '', sequence: 1 }),
        clusterToken: fork.clusterToken,
      },
    ]
    for (const beat of beats) await expect(recordHeartbeat(ctx, beat)).resolves.toHaveProperty('entitlement')
    const mails = await world.db.outgoingMail.findMany({
      where: { toAddress: team.ownerEmail },
      select: { kind: true },
    })
    expect(mails).toEqual([{ kind: 'cluster-forked' }])
    const audit = await world.db.auditEntry.findMany({ where: { teamId: team.id, action: 'cluster.forked' } })
    expect(audit).toHaveLength(1)
  })
})

describe('who reinstalls', () => {
  test('lets a reinstalled operator take over after ten minutes of silence, not sooner, and shuts out the old token', async () => {
    const { ctx } = await operatorOf()
    const original = registration()
    const first = await registerCluster(ctx, original)
    world.clock.advance({ minutes: 9, seconds: 59 })
    const early = await registerCluster(ctx, registration({ clusterIdentifier: original.clusterIdentifier }))
    expect(early.forked).toBe(true)
    world.clock.advance({ seconds: 1 })
    const late = await registerCluster(ctx, registration({ clusterIdentifier: original.clusterIdentifier }))
    expect(late).toMatchObject({ status: 'registered', clusterId: first.clusterId })
    const beat = heartbeat({ clusterId: first.clusterId, instanceId: original.instanceId ?? '', sequence: 1 })
    await expect(recordHeartbeat(ctx, { ...beat, clusterToken: first.clusterToken })).rejects.toMatchObject({
      code: 'INVALID_CLUSTER_TOKEN',
    })
  })

  test('lets a reinstalled operator take over at once after a goodbye', async () => {
    const { ctx } = await operatorOf()
    const original = registration()
    const first = await registerCluster(ctx, original)
    await deregisterCluster(ctx, { clusterId: first.clusterId, clusterToken: first.clusterToken })
    const next = await registerCluster(ctx, registration({ clusterIdentifier: original.clusterIdentifier }))
    expect(next).toMatchObject({ status: 'registered', clusterId: first.clusterId })
    expect(next.clusterToken).not.toBe(first.clusterToken)
  })

  test('keeps one identifier of two teams apart', async () => {
    const [one, other] = [await operatorOf(), await operatorOf()]
    const sent = registration()
    const first = await registerCluster(one.ctx, sent)
    const second = await registerCluster(other.ctx, { ...sent, instanceId: randomUUID() })
    expect(second.forked).toBeUndefined()
    expect(second.clusterId).toBe(first.clusterId)
    expect(await world.db.cluster.count({ where: { clusterId: first.clusterId } })).toBe(2)
  })
})

describe('plans and limits', () => {
  test('refuses a team whose trial is over with the date, and writes the refusal down', async () => {
    const endedAt = new Date('2026-01-14T09:30:00.000Z')
    const { ctx, team, key } = await operatorOf({ trialEndsAt: endedAt })
    const sent = registration()
    await expect(registerCluster(ctx, sent)).rejects.toMatchObject({
      code: 'SUBSCRIPTION_REQUIRED',
      message: expect.stringContaining('14 January 2026') as string,
      details: { since: endedAt.toISOString(), manageUrl: `https://app.kube9.example/${team.slug}/billing` },
    })
    const attempts = await world.db.refusedAttempt.findMany({
      where: { teamId: team.id, apiKeyId: key.id },
      select: { code: true, operatorVersion: true },
    })
    expect(attempts).toEqual([{ code: 'SUBSCRIPTION_REQUIRED', operatorVersion: '1.4.2' }])
  })

  test('gives the last room of a plan to one of twenty clusters that ask at the same time', async () => {
    const { ctx, team } = await operatorOf()
    for (let count = 0; count < 9; count++) await registerCluster(ctx, registration())
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => registerCluster(ctx, registration())))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    const refusals = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map((outcome) => outcome.reason as unknown)
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'CLUSTER_LIMIT_REACHED' })
    expect(await world.db.cluster.count({ where: { teamId: team.id } })).toBe(10)
  })

  test('counts a cluster that said goodbye out of the plan, and in again when it returns', async () => {
    const { ctx } = await operatorOf()
    const sent = registration()
    const first = await registerCluster(ctx, sent)
    for (let count = 0; count < 9; count++) await registerCluster(ctx, registration())
    await deregisterCluster(ctx, { clusterId: first.clusterId, clusterToken: first.clusterToken })
    await registerCluster(ctx, registration())
    await expect(
      registerCluster(ctx, registration({ clusterIdentifier: sent.clusterIdentifier })),
    ).rejects.toMatchObject({ code: 'CLUSTER_LIMIT_REACHED' })
  })

  test('lets one cluster register ten times in an hour', async () => {
    const { ctx } = await operatorOf()
    const sent = publicRegistration()
    for (let count = 0; count < 10; count++) await registerCluster(ctx, sent)
    const refusal: unknown = await registerCluster(ctx, sent).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect((refusal as { retryAfterSeconds: number }).retryAfterSeconds).toBeLessThanOrEqual(3600)
  })
})

describe('public operators, whose identifiers collide', () => {
  const shared = identifierOf('https://10.96.0.1:443')

  test('stay one cluster when they register again, with a risen Kubernetes version too', async () => {
    const { ctx, team } = await operatorOf()
    const answers = []
    for (const kubernetesVersion of ['v1.34.1', 'v1.34.1', 'v1.35.4'])
      answers.push(await registerCluster(ctx, publicRegistration({ clusterIdentifier: shared, kubernetesVersion })))
    expect(answers.map((answer) => answer.status)).toEqual(['registered', 'reregistered', 'reregistered'])
    expect(await world.db.cluster.count({ where: { teamId: team.id } })).toBe(1)
  })

  test('are two clusters when their Kubernetes versions alternate, and stay two', async () => {
    const { ctx, team } = await operatorOf()
    for (const kubernetesVersion of ['v1.33.2', 'v1.35.4', 'v1.33.2', 'v1.35.4', 'v1.33.2']) {
      await registerCluster(ctx, publicRegistration({ clusterIdentifier: shared, kubernetesVersion }))
    }
    const rows = await world.db.cluster.findMany({ where: { teamId: team.id }, select: { kubernetesVersion: true } })
    expect(rows.map((row) => row.kubernetesVersion).toSorted()).toEqual(['v1.33.2', 'v1.35.4'])
  })

  test('are two clusters with two keys that both work, and one whose key was replaced', async () => {
    const { ctx, team } = await operatorOf()
    const other = await createTestKey(world, team, 'staging')
    const sent = publicRegistration({ clusterIdentifier: shared })
    await registerCluster(ctx, sent)
    await registerCluster(world.context(other.actor), sent)
    expect(await world.db.cluster.count({ where: { teamId: team.id } })).toBe(2)
    await world.db.apiKey.updateMany({ where: { teamId: team.id }, data: { revokedAt: world.clock.now() } })
    const replaced = await createTestKey(world, team, 'new')
    await registerCluster(world.context(replaced.actor), sent)
    expect(await world.db.cluster.count({ where: { teamId: team.id } })).toBe(2)
  })

  test('are two clusters also while one is offline: it is not shown as the other, which is well', async () => {
    const { ctx, team } = await operatorOf()
    const staging = world.context((await createTestKey(world, team, 'staging')).actor)
    const sent = publicRegistration({ clusterIdentifier: shared })
    await registerCluster(ctx, sent)
    world.clock.advance({ hours: 3 })
    expect((await registerCluster(staging, sent)).status).toBe('registered')
    const clusters = await listClusters(world.context(team.owner), { teamId: team.id })
    expect(clusters.map(({ state }) => state).toSorted()).toEqual(['healthy', 'offline'])
  })

  test('are given an hour to register again and neither token nor entitlement', async () => {
    const { ctx } = await operatorOf()
    const answer = await registerCluster(ctx, publicRegistration())
    expect(answer.configuration.reregistrationIntervalHours).toBe(1)
    expect(answer).not.toHaveProperty('clusterToken')
    expect(answer).not.toHaveProperty('entitlement')
  })
})
