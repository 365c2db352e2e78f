import { request } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { createTestKey, registration } from '#test/context/test-operator.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { AskOptions, TestApi } from '#test/context/start-api.ts'
import { testEnv, testSecret } from '#test/context/test-env.ts'
import { TestWorld } from '#test/context/test-world.ts'

let world: TestWorld
let api: TestApi
let apiKey: string
beforeAll(async () => {
  world = await TestWorld.create({ TRUSTED_PROXY_HOPS: '1' })
  api = await startApi(world)
})
afterAll(async () => {
  await api.close()
  await world.close()
})
beforeEach(async () => {
  apiKey = (await createTestKey(world, await world.createTeam())).key
})

const ask = (path: string, options?: AskOptions) => askApi(api, path, options)

function codeOf(answer: { text: string }): string {
  return errorBodySchema.parse(JSON.parse(answer.text)).code
}

/** JSON of a little more than so many bytes. */
function jsonOf(bytes: number): string {
  return JSON.stringify({ filler: 'x'.repeat(bytes) })
}

describe('errors are answered in the form of the contract', () => {
  const register = '/v1/operator/register'
  const asForm = { 'content-type': 'application/x-www-form-urlencoded' }
  test.each<AskOptions & { name: string; path: string; code: ErrorCode }>([
    { name: 'a body that is no JSON', path: register, body: '{"operatorVersion":', code: 'INVALID_REQUEST' },
    { name: 'no body at all', path: register, method: 'POST', code: 'INVALID_REQUEST' },
    { name: 'a body of another type', path: register, body: 'a=b', headers: asForm, code: 'INVALID_REQUEST' },
    { name: 'an address that is not there', path: '/v1/nothing', code: 'NOT_FOUND' },
    { name: 'another method', path: register, method: 'DELETE', code: 'NOT_FOUND' },
    { name: 'an address that cannot be decoded', path: '/%c0%ae', code: 'INVALID_REQUEST' },
    { name: 'a body above the limit', path: register, body: jsonOf(70_000), code: 'PAYLOAD_TOO_LARGE' },
    { name: 'a collection above 1 MiB', path: '/v1/collections', body: jsonOf(1024 * 1024), code: 'PAYLOAD_TOO_LARGE' },
  ])('$name', async ({ path, code, name: _name, ...options }) => {
    const answer = await ask(path, { key: apiKey, ...options })
    expect(answer.status).toBe(errorStatuses[code])
    expect(codeOf(answer)).toBe(code)
  })

  test('headers above the limit', async () => {
    const answer = await ask('/healthz', { headers: { 'x-filler': 'x'.repeat(9_000) } })
    expect(answer.status).toBe(400)
    expect(codeOf(answer)).toBe('INVALID_REQUEST')
  })

  test('text that is not HTTP', async () => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    socket.write('HELLO\r\n\r\n')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
    await once(socket, 'close')
    expect(answer).toContain('HTTP/1.1 400')
    expect(codeOf({ text: answer.slice(answer.indexOf('{')) })).toBe('INVALID_REQUEST')
  })

  test('a key is needed, and a cookie is none', async () => {
    const answer = await ask('/v1/keys/verify', {
      method: 'POST',
      headers: { cookie: `authorization=Bearer ${apiKey}` },
    })
    expect(answer.status).toBe(401)
    expect(codeOf(answer)).toBe('INVALID_API_KEY')
  })
})

describe('requests', () => {
  test('carry the caller’s request id back, or one of ours when it is not harmless', async () => {
    const given = await ask('/healthz', { headers: { 'x-request-id': 'trace-42' } })
    expect(given.headers.get('x-request-id')).toBe('trace-42')
    const refused = await ask('/healthz', { headers: { 'x-request-id': 'a b"c' } })
    expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('are logged by route, without anything that a caller may have put a secret into', async () => {
    const planted = [generateApiKey('prod'), 'planted-cluster-token-000000000000000000000', 'planted-in-query']
    const body = JSON.stringify({ ...registration(), note: planted[0] })
    await ask(`/v1/operator/register?key=${planted[2]}`, {
      key: planted[0] ?? '',
      headers: { 'kube9-cluster-token': planted[1] ?? '' },
      body,
    })
    await ask(`/${planted[0]}`, { key: apiKey })
    await ask('/v1/keys/verify', { key: apiKey, method: 'POST' })
    await ask('/trpc/operator/register', {
      key: planted[0] ?? '',
      headers: { 'kube9-cluster-token': planted[1] ?? '' },
      body,
    })
    const log = world.logged.join('')
    expect(log).toContain('/v1/operator/register')
    for (const secret of [...planted, apiKey]) expect(log).not.toContain(secret)
    const metrics = await ask('/metrics')
    for (const secret of [...planted, apiKey]) expect(metrics.text).not.toContain(secret)
  })
})

describe('a failed authentication', () => {
  const failures = async (address: string, count: number) => {
    const statuses: number[] = []
    for (let at = 0; at < count; at++) {
      const answer = await ask('/v1/keys/verify', {
        key: generateApiKey('prod'),
        method: 'POST',
        headers: { 'x-forwarded-for': address },
      })
      statuses.push(answer.status)
    }
    return statuses
  }

  test('is limited per address, while a good key from there is let in', async () => {
    const statuses = await failures('203.0.113.7', 61)
    expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 401))
    expect(statuses[60]).toBe(429)
    const good = await ask('/v1/keys/verify', {
      key: apiKey,
      method: 'POST',
      headers: { 'x-forwarded-for': '203.0.113.7' },
    })
    expect(good.status).toBe(200)
    expect((await failures('203.0.113.8', 1))[0]).toBe(401)
  })

  test('counts IPv6 by its /64, and believes one proxy only', async () => {
    for (let at = 0; at < 60; at++) await failures(`2001:db8:1:2:${at.toString(16)}::1`, 1)
    expect((await failures('2001:db8:1:2:ffff::9', 1))[0]).toBe(429)
    expect((await failures('2001:db8:1:3::1', 1))[0]).toBe(401)
    expect((await failures('203.0.113.99, 2001:db8:1:2::5', 1))[0]).toBe(429)
  })
})

describe('keys', () => {
  test('that can be no key are refused before their body is read, and without a look-up', async () => {
    const url = new URL(api.url)
    const req = request({
      host: url.hostname,
      port: url.port,
      path: '/v1/collections',
      method: 'POST',
      headers: {
        authorization: 'Bearer kdy_prod_typo',
        'content-type': 'application/json',
        'content-length': 1_000_000,
      },
    })
    req.write('{')
    const [res] = (await once(req, 'response')) as [{ statusCode: number }]
    expect(res.statusCode).toBe(401)
    req.destroy()
  })

  test('of a local installation are refused by a hosted server', async () => {
    const answer = await ask('/v1/keys/verify', { key: generateApiKey('dev'), method: 'POST' })
    expect(answer.status).toBe(401)
    expect(answer.text).toContain('local installation')
  })

  test('under a pepper that this process lacks are 503 with Retry-After, never 401', async () => {
    const other = await startApi(world, {
      env: testEnv(world.database.appUrl, { KEY_PEPPERS: `7:${testSecret('another pepper')}` }),
    })
    const res = await fetch(`${other.url}/v1/keys/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
    })
    expect(res.status).toBe(503)
    expect(res.headers.get('retry-after')).toMatch(/^\d+$/)
    await other.close()
  })
})

describe('what the API says of itself', () => {
  test('describes every public path, from the schemas it parses with', async () => {
    const answer = await ask('/openapi.json')
    const document = JSON.parse(answer.text) as {
      openapi: string
      paths: Record<
        string,
        { post?: { requestBody?: { content: Record<string, { schema: { required: string[] } }> } } }
      >
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/v1/collections',
      '/v1/extension/revoke',
      '/v1/extension/token',
      '/v1/extension/webview-token',
      '/v1/keys/verify',
      '/v1/operator/deregister',
      '/v1/operator/health',
      '/v1/operator/heartbeat',
      '/v1/operator/register',
    ])
    const schema = document.paths['/v1/operator/register']?.post?.requestBody?.content['application/json']?.schema
    expect(schema?.required).toEqual([
      'operatorVersion',
      'clusterIdentifier',
      'kubernetesVersion',
      'approximateNodeCount',
    ])
  })

  test('shows metrics to this machine alone while it has no token, and to the token’s holder alone when it has', async () => {
    expect((await ask('/metrics')).text).toContain('kube9_http_requests_total')
    expect((await ask('/metrics', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(404)
    const token = testSecret('metrics')
    const other = await startApi(world, { env: testEnv(world.database.appUrl, { METRICS_TOKEN: token }) })
    const statusWith = async (authorization?: string) =>
      (await fetch(`${other.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })).status
    expect([await statusWith(), await statusWith('Bearer wrong'), await statusWith(`Bearer ${token}`)]).toEqual([
      404, 404, 200,
    ])
    await other.close()
  })
})
