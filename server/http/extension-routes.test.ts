import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tokenResponseSchema } from '#contract/extension-api.ts'
import type { TokenResponse } from '#contract/extension-api.ts'
import { errorBodySchema } from '#contract/errors.ts'
import { createDatabase } from '#server/platform/database.ts'
import { registerCluster } from '#server/domain/clusters/index.ts'
import { issueWebviewCode } from '#server/domain/editors/index.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { testEnv } from '#test/context/test-env.ts'
import { allowEditor, createProof, ownerInBrowser } from '#test/context/test-editor.ts'
import type { Person } from '#test/context/test-editor.ts'
import { createTestKey, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'
import type { TestTeam } from '#test/context/test-world.ts'
import { editorContextOf } from './extension-caller.ts'

let world: TestWorld
let team: TestTeam
let person: Person
let api: TestApi

/** A route that says who calls, for what the extension's router is let in by. */
const sayCaller: NonNullable<Parameters<typeof startApi>[1]>['prepare'] = (server, services) => {
  server.get('/test/caller', async (req) => (await editorContextOf(services, req)).actor)
}

beforeAll(async () => {
  world = await TestWorld.create()
  team = await world.createTeam()
  person = await ownerInBrowser(world, team)
  const env = testEnv(world.database.appUrl, { TRUSTED_PROXY_HOPS: '1' })
  api = await startApi(world, { env, prepare: sayCaller })
})
afterAll(async () => {
  await api.close()
  await world.close()
})

async function post(path: string, body: unknown, at: { api?: TestApi; address?: string } = {}) {
  const headers = { 'x-forwarded-for': at.address ?? `2001:db8:${randomBytes(2).toString('hex')}::1` }
  const answer = await askApi(at.api ?? api, `/v1/extension/${path}`, { headers, body: JSON.stringify(body) })
  return { ...answer, json: JSON.parse(answer.text) as unknown }
}

async function signIn(): Promise<TokenResponse> {
  const answer = await post('token', { grantType: 'authorization_code', ...(await allowEditor(world, person)) })
  expect(answer.status).toBe(200)
  return tokenResponseSchema.parse(answer.json)
}

async function callerOf(token: string | null, headers: Record<string, string> = {}) {
  const answer = await askApi(api, '/test/caller', { ...(token === null ? {} : { key: token }), headers })
  return { status: answer.status, body: JSON.parse(answer.text) as { kind?: string }, headers: answer.headers }
}

describe('over HTTP, an editor', () => {
  test('signs in by its code, refreshes, and signs out', async () => {
    const first = await signIn()
    expect(await callerOf(first.accessToken)).toMatchObject({ status: 200, body: { kind: 'editor' } })
    const answer = await post('token', { grantType: 'refresh_token', refreshToken: first.refreshToken })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const second = tokenResponseSchema.parse(answer.json)
    const revoked = await post('revoke', { refreshToken: second.refreshToken })
    expect([revoked.status, revoked.json]).toEqual([200, { status: 'revoked' }])
    expect(await post('revoke', { refreshToken: second.refreshToken })).toMatchObject({ json: { status: 'revoked' } })
    for (const token of [first.accessToken, second.accessToken]) {
      const { status, headers } = await callerOf(token)
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    }
  })

  test('opens a page inside itself, which is let in by a token of its own', async () => {
    const { accessToken } = await signIn()
    const { actor } = await createTestKey(world, team)
    const { clusterId } = await registerCluster(world.context(actor), registration())
    const editor = (await callerOf(accessToken)).body as Parameters<TestWorld['context']>[0]
    const { verifier, challenge } = createProof()
    const { code } = await issueWebviewCode(world.context(editor), { teamId: team.id, clusterId, challenge })
    const answer = await post('webview-token', { code, verifier })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const webview = answer.json as { accessToken: string; teamId: string; clusterId: string }
    expect(webview).toMatchObject({ teamId: team.id, clusterId })
    expect(await callerOf(webview.accessToken)).toMatchObject({ body: { kind: 'webview', clusterId } })
    expect((await post('webview-token', { code, verifier })).status).toBe(401)
    expect((await callerOf(webview.accessToken)).status).toBe(401)
  })

  test('refreshes in many windows at once, and each is answered', async () => {
    const { refreshToken } = await signIn()
    const body = { grantType: 'refresh_token', refreshToken }
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('token', body)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const successors = answers.map(({ json }) => tokenResponseSchema.parse(json).refreshToken)
    expect(new Set(successors).size).toBe(1)
  })
})

test('nobody is let in by a cookie, an API key, garbage, or nothing', async () => {
  const { accessToken, refreshToken } = await signIn()
  const { key } = await createTestKey(world, team)
  const cookie = { cookie: `kube9.session=${accessToken}; __Host-kube9.session=${accessToken}` }
  const answers = [
    await callerOf(null, cookie),
    await callerOf(key),
    await callerOf(refreshToken),
    await callerOf('x'.repeat(43)),
    await callerOf(`${accessToken}x`),
    await callerOf(null, { authorization: `Basic ${accessToken}` }),
    await callerOf(null),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
})

test('what is malformed is 400, names its field, and repeats nothing of it', async () => {
  const secret = `${randomBytes(32).toString('base64url')}!`
  for (const [path, body] of [
    ['token', { grantType: 'authorization_code', code: secret, codeVerifier: secret, redirectUri: 'x' }],
    ['token', { grantType: 'refresh_token', refreshToken: secret }],
    ['token', { grantType: 'password', refreshToken: secret }],
    ['revoke', { refreshToken: secret }],
    ['webview-token', { code: secret }],
    ['webview-token', []],
  ] as const) {
    const answer = await post(path, body)
    expect([path, answer.status, errorBodySchema.parse(answer.json).code]).toEqual([path, 400, 'INVALID_REQUEST'])
    expect(answer.text).not.toContain(secret)
  }
})

test('codes and tokens that open nothing are limited per address, and what opens something is not', async () => {
  const address = '203.0.113.7'
  const guess = () => post('token', { grantType: 'refresh_token', refreshToken: createProof().verifier }, { address })
  const statuses: number[] = []
  for (let attempt = 0; attempt < 61; attempt++) statuses.push((await guess()).status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(60)
  const over = await guess()
  expect([over.status, Number(over.headers.get('retry-after')) > 0]).toEqual([429, true])
  const { refreshToken } = await signIn()
  expect((await post('token', { grantType: 'refresh_token', refreshToken }, { address })).status).toBe(200)
})

test('while the database is away every path answers 503, never 401', async () => {
  const { accessToken, refreshToken } = await signIn()
  const away = createDatabase({ url: 'postgresql://kube9_app:planted@127.0.0.1:9/none' })
  const dark = await startApi(world, { db: away, prepare: sayCaller })
  const bodies = {
    token: { grantType: 'refresh_token', refreshToken },
    revoke: { refreshToken },
    'webview-token': { code: refreshToken, verifier: createProof().verifier },
  }
  for (const [path, body] of Object.entries(bodies)) {
    const answer = await post(path, body, { api: dark })
    expect([path, answer.status, answer.headers.has('retry-after')]).toEqual([path, 503, true])
  }
  expect((await askApi(dark, '/test/caller', { key: accessToken })).status).toBe(503)
  await dark.close()
  await away.$disconnect()
  expect((await callerOf(accessToken)).status).toBe(200)
})

test('no log line holds a code, a token or a verifier', async () => {
  const grant = await allowEditor(world, person)
  const first = tokenResponseSchema.parse((await post('token', { grantType: 'authorization_code', ...grant })).json)
  await post('token', { grantType: 'authorization_code', ...grant })
  await post('token', { grantType: 'refresh_token', refreshToken: first.refreshToken })
  await callerOf(first.accessToken)
  const lines = world.logged.join('\n')
  expect(lines).toContain('/v1/extension/token')
  for (const secret of [grant.code, grant.codeVerifier, first.accessToken, first.refreshToken]) {
    expect(lines).not.toContain(secret)
  }
})

test('what asks for no key is described so', async () => {
  const { paths } = JSON.parse((await askApi(api, '/openapi.json')).text) as {
    paths: Record<string, { post?: { security?: unknown } }>
  }
  expect(paths['/v1/extension/token']?.post?.security).toEqual([])
  expect(paths['/v1/operator/register']?.post).not.toHaveProperty('security')
  expect((await askApi(api, '/v1/extension/token')).status).toBe(404)
  expect((await post(`token?${randomUUID()}`, {})).status).toBe(400)
})
