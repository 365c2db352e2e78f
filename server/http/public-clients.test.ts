import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { errorBodySchema } from '#contract/errors.ts'
import { registerResponseSchema } from '#contract/operator-api.ts'
import { createTestKey } from '#test/context/test-operator.ts'
import { startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import * as recorded from './recorded/public-operator-1.ts'
import type { RecordedRequest } from './recorded/public-operator-1.ts'

let world: TestWorld
let api: TestApi
let team: TestTeam
let apiKey: string
beforeAll(async () => {
  world = await TestWorld.create()
  api = await startApi(world)
})
afterAll(async () => {
  await api.close()
  await world.close()
})
beforeEach(async () => {
  team = await world.createTeam()
  apiKey = (await createTestKey(world, team)).key
})

async function send({ method, path, headers, body }: RecordedRequest) {
  const res = await fetch(api.url + path, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: res.status, headers: res.headers, body: (await res.json()) as unknown }
}

/** What the old operator checks before it believes an answer. */
function expectBelieved(answer: Awaited<ReturnType<typeof send>>): void {
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({
    clusterId: expect.stringMatching(/^cls_.{11,}$/) as string,
    tier: 'pro',
    configuration: {
      statusUpdateIntervalSeconds: expect.any(Number) as number,
      reregistrationIntervalHours: expect.any(Number) as number,
    },
  })
  const { configuration } = registerResponseSchema.parse(answer.body)
  expect(configuration.reregistrationIntervalHours * 3_600_000).toBeLessThan(2 ** 31)
}

describe('a public operator of the generation before ours is served as it is', () => {
  test('its first registration is answered with exactly 200, and the next one too', async () => {
    const first = await send(recorded.register(apiKey))
    expectBelieved(first)
    expect(first.body).toMatchObject({
      status: 'registered',
      clusterId: clusterIdOf('sha256:8500c9846b6bf1f6a3a2c1a3ed7a0a0b4ef2d5c6f6f3f3a1d2c4b5a697887766'),
    })
    const again = await send(recorded.register(apiKey))
    expectBelieved(again)
    expect(again.body).toMatchObject({ status: 'reregistered' })
  })

  test('fields that the server does not know are ignored, and vendors’ versions are legal', async () => {
    const answer = await send(recorded.registerWithUnknownFields(apiKey))
    expectBelieved(answer)
    expect(answer.body).not.toHaveProperty('region')
  })

  test('its three collections are kept once each, however often they are sent', async () => {
    await send(recorded.register(apiKey))
    for (const collection of [recorded.clusterMetadata, recorded.resourceInventory, recorded.configurationPatterns]) {
      expect(await send(collection(apiKey))).toMatchObject({ status: 200, body: { stored: true } })
      expect(await send(collection(apiKey))).toMatchObject({ status: 200, body: { stored: false } })
    }
    const [row] = await world.db.$queryRaw<
      { count: bigint }[]
    >`SELECT count(*) FROM ts.collections WHERE team_id = ${team.id}::uuid`
    expect(row?.count).toBe(3n)
  })

  test('its health question is answered', async () => {
    expect(await send(recorded.health(apiKey))).toMatchObject({ status: 200, body: { status: 'healthy' } })
  })
})

describe('the faults of a public operator are answered in its form', () => {
  test('a key that is not known is a 401 with the contract’s body', async () => {
    const answer = await send(recorded.register(`${apiKey.slice(0, -1)}${apiKey.endsWith('0') ? '1' : '0'}`))
    expect(answer.status).toBe(401)
    expect(errorBodySchema.parse(answer.body)).toMatchObject({ code: 'INVALID_API_KEY', error: 'Unauthorized' })
  })

  test('a body that is wrong is a 400 that names field and issue', async () => {
    const answer = await send({ ...recorded.register(apiKey), body: '{"operatorVersion":"1.2.0"}' })
    expect(answer.status).toBe(400)
    expect(errorBodySchema.parse(answer.body)).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'clusterIdentifier', issue: expect.any(String) as string },
    })
  })

  test('too many registrations are a 429 whose Retry-After is whole seconds that fit its timer', async () => {
    for (let count = 0; count < 10; count++) await send(recorded.register(apiKey))
    const answer = await send(recorded.register(apiKey))
    expect(answer.status).toBe(429)
    expect(answer.body).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d{0,3}$/)
  })

  test('every answer says the limit, what remains of it, and when it starts anew', async () => {
    const answers = [
      await send(recorded.register(apiKey)),
      await send(recorded.health(apiKey)),
      await send(recorded.register('kdy_prod_wrong')),
      await send({ method: 'GET', path: '/nowhere', headers: {} }),
    ]
    for (const { headers } of answers) {
      for (const name of ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'])
        expect(headers.get(name)).toMatch(/^\d+$/)
    }
    expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('10')
    expect(answers[0]?.headers.get('x-ratelimit-remaining')).toBe('9')
  })
})
