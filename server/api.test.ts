import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { errorBodySchema } from '#contract/errors.ts'
import { WEBVIEW_EVENTS_PATH } from '#contract/extension-api.ts'
import { registerResponseSchema } from '#contract/operator-api.ts'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { freePort } from '#scripts/postgres/free-port.ts'
import { askDatabase } from '#test/database/ask-database.ts'
import { openPage } from '#test/context/extension-client.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { connectEditor, ownerInBrowser } from '#test/context/test-editor.ts'
import { testVariables } from '#test/context/test-env.ts'
import { createTestKey, heartbeat, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { Program } from '#test/stack/program.ts'
import { StackDatabase } from '#test/stack/stack-database.ts'

type Api = { url: string; program: Program }

let database: StackDatabase
let world: TestWorld
let team: TestTeam
let one: Api
let other: Api
beforeAll(async () => {
  database = await StackDatabase.create()
  world = TestWorld.on(database)
  team = await world.createTeam()
  ;[one, other] = await Promise.all([startApiProcess(), startApiProcess()])
})
afterAll(async () => {
  await Promise.all([one, other].map((api) => api?.program.kill('SIGKILL')))
  await world?.close()
  await database?.remove()
})

async function startApiProcess(): Promise<Api> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...testVariables(database.appUrl), API_PORT: String(port) }
  const program = new Program({ file: 'server/api.ts', env, readyUrl: `${url}/readyz` })
  await program.start()
  return { url, program }
}

async function post(
  api: Api,
  path: string,
  key: string,
  options: { body?: unknown; clusterToken?: string | undefined } = {},
) {
  const { body, clusterToken } = options
  const res = await fetch(api.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(clusterToken === undefined ? {} : { 'kube9-cluster-token': clusterToken }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: res.status, headers: res.headers, body: (await res.json()) as unknown }
}

describe('several API processes', () => {
  test('refuse a revoked key in every process within 5 s', async () => {
    const { key, id } = await createTestKey(world, team)
    for (const api of [one, other]) expect(await post(api, '/v1/keys/verify', key)).toMatchObject({ status: 200 })
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id })
    const revokedAt = performance.now()
    for (const api of [one, other])
      expect(await post(api, '/v1/keys/verify', key)).toMatchObject({ status: 401, body: { code: 'INVALID_API_KEY' } })
    expect(performance.now() - revokedAt).toBeLessThan(5_000)
  })

  test('end the streams that hang on a revoked key, in every process within 5 s', async () => {
    const cluster = await TestCluster.register(world, team)
    const reference = { teamId: team.id, clusterId: cluster.clusterId }
    const { accessToken } = await connectEditor(world, await ownerInBrowser(world, team))
    const page = await openPage(one, accessToken, reference)
    const path = `${WEBVIEW_EVENTS_PATH}?${new URLSearchParams(reference)}`
    const headers = { authorization: `Bearer ${page}` }
    const streams = await Promise.all([one, other].map(({ url }) => fetch(url + path, { headers })))
    expect(streams.map(({ status }) => status)).toEqual([200, 200])
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: cluster.apiKey.id })
    const revokedAt = performance.now()
    for (const stream of streams) expect(await stream.text()).toContain('event: read-again')
    expect(performance.now() - revokedAt).toBeLessThan(5_000)
  })

  test('serve one cluster together: registered by one, it beats at the other', async () => {
    const { key } = await createTestKey(world, team)
    const sent = registration()
    const { clusterId, clusterToken } = registerResponseSchema.parse(
      (await post(one, '/v1/operator/register', key, { body: sent })).body,
    )
    const beat = heartbeat({ clusterId, instanceId: sent.instanceId ?? '', sequence: 1 })
    expect(await post(other, '/v1/operator/heartbeat', key, { body: beat, clusterToken })).toMatchObject({
      status: 200,
    })
  })
})

describe('an API process', () => {
  test('that is killed with -9 and started again goes on with the clusters it had', async () => {
    const { key } = await createTestKey(world, team)
    const sent = registration()
    const { clusterId, clusterToken } = registerResponseSchema.parse(
      (await post(other, '/v1/operator/register', key, { body: sent })).body,
    )
    await other.program.kill('SIGKILL')
    await other.program.start()
    const beat = heartbeat({ clusterId, instanceId: sent.instanceId ?? '', sequence: 1 })
    expect(await post(other, '/v1/operator/heartbeat', key, { body: beat, clusterToken })).toMatchObject({
      status: 200,
    })
  })

  test('answers 503 with Retry-After and never 401 while PostgreSQL is away, quickly, and recovers by itself', async () => {
    const { key } = await createTestKey(world, team)
    await database.stop()
    const calls = [
      () => post(one, '/v1/keys/verify', key),
      () => post(one, '/v1/keys/verify', generateApiKey('prod')),
      () => post(one, '/v1/keys/verify', 'kdy_prod_not_a_key'),
      () => post(one, '/v1/operator/register', key, { body: registration() }),
    ]
    for (const call of calls) {
      const begun = performance.now()
      const answer = await call()
      expect(answer.status).toBe(503)
      expect(errorBodySchema.parse(answer.body).code).toBe('SERVICE_UNAVAILABLE')
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
      expect(performance.now() - begun).toBeLessThan(6_000)
    }
    const throughRouter = await post(one, '/trpc/operator/register', key, { body: registration() })
    expect(throughRouter).toMatchObject({
      status: 503,
      body: { error: { data: { kube9: { code: 'SERVICE_UNAVAILABLE' } } } },
    })
    expect((await fetch(`${one.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${one.url}/readyz`)).status).toBe(503)
    await database.start()
    expect(await post(one, '/v1/keys/verify', key)).toMatchObject({ status: 200 })
    expect((await fetch(`${one.url}/readyz`)).status).toBe(200)
  })
})

describe('the beginning and the end of an API process', () => {
  test('begins to listen while PostgreSQL is away, and is ready when it is there', async () => {
    await database.stop()
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = { ...testVariables(database.appUrl), API_PORT: String(port) }
    const program = new Program({ file: 'server/api.ts', env, readyUrl: `${url}/healthz` })
    await program.start()
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    await database.start()
    while ((await fetch(`${url}/readyz`)).status !== 200) await delay(50)
    await program.kill('SIGTERM')
  })

  test('that is told to end finishes the request it has begun, takes no new one, and ends by itself', async () => {
    const api = await startApiProcess()
    const { key } = await createTestKey(world, team)
    const holder = new pg.Client({ connectionString: database.appUrl })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM teams WHERE id = $1 FOR UPDATE', [team.id])
    const begun = post(api, '/v1/operator/register', key, { body: registration() })
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FROM teams%'`
    while ((await askDatabase(database.appUrl, waiting)).length === 0) await delay(20)
    const ended = api.program.kill('SIGTERM')
    while (
      await fetch(`${api.url}/healthz`).then(
        () => true,
        () => false,
      )
    )
      await delay(20)
    await holder.query('COMMIT')
    await holder.end()
    expect(await begun).toMatchObject({ status: 200, body: { status: 'registered' } })
    const finishedAt = performance.now()
    await ended
    expect(performance.now() - finishedAt).toBeLessThan(5_000)
    expect(api.program.output).toContain('"ended"')
  })
})

describe('what an API process writes', () => {
  test('is one line when its settings are wrong', async () => {
    const env = { ...testVariables(database.appUrl), KEY_PEPPERS: '' }
    const program = new Program({ file: 'server/api.ts', env, readyUrl: `${one.url}/nothing` })
    await expect(program.start()).rejects.toThrow('KEY_PEPPERS is missing')
    expect(program.output.trim().split('\n')).toHaveLength(1)
  })

  test('says in one line that its port is in use', async () => {
    const env = { ...testVariables(database.appUrl), API_PORT: new URL(one.url).port }
    const program = new Program({ file: 'server/api.ts', env, readyUrl: `${one.url}/nothing` })
    await expect(program.start()).rejects.toThrow('its port is in use')
  })

  test('holds no key, token or secret, after all of this', async () => {
    const planted = `planted-${randomUUID()}`
    await post(one, `/v1/keys/verify?token=${planted}`, generateApiKey('prod'))
    const output = one.program.output + other.program.output
    expect(output).toContain('/v1/keys/verify')
    for (const secret of [planted, ...Object.values(testVariables('')).filter((value) => value.length > 40)])
      expect(output).not.toContain(secret)
    expect(output).not.toMatch(/kdy_(prod|dev)_[0-9A-Za-z]{20}/)
    expect(output).not.toContain(new URL(database.appUrl).password)
  })
})
