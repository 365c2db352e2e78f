import { request } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { entitlementClaimsSchema, jwksSchema } from '#contract/entitlement.ts'
import { errorBodySchema } from '#contract/errors.ts'
import type { OperatorRouter } from '#contract/router-types.ts'
import { createTestKey, heartbeat, publicRegistration, registration } from '#test/context/test-operator.ts'
import { startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
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

type Options = { key?: string; headers?: Record<string, string>; body?: string; method?: string }

async function ask(
  path: string,
  { key, headers = {}, body, method = body === undefined ? 'GET' : 'POST' }: Options = {},
) {
  const res = await fetch(api.url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
  return { status: res.status, headers: res.headers, text: await res.text() }
}

function codeOf(answer: { text: string }): string {
  return errorBodySchema.parse(JSON.parse(answer.text)).code
}

describe('errors are answered in the form of the contract', () => {
  test.each([
    ['a body that is no JSON', '/v1/operator/register', { body: '{"operatorVersion":' }, 400, 'INVALID_REQUEST'],
    ['no body at all', '/v1/operator/register', { method: 'POST' }, 400, 'INVALID_REQUEST'],
    [
      'a body of another type',
      '/v1/operator/register',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      400,
      'INVALID_REQUEST',
    ],
    ['an address that is not there', '/v1/nothing', {}, 404, 'NOT_FOUND'],
    ['another method', '/v1/operator/register', { method: 'DELETE' }, 404, 'NOT_FOUND'],
    ['an address that cannot be decoded', '/%c0%ae', {}, 400, 'INVALID_REQUEST'],
    [
      'a body above the limit',
      '/v1/operator/register',
      { body: JSON.stringify({ filler: 'x'.repeat(70_000) }) },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'a collection above 1 MiB',
      '/v1/collections',
      { body: JSON.stringify({ filler: 'x'.repeat(1024 * 1024) }) },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
  ])('%s', async (_name, path, options, status, code) => {
    const answer = await ask(path, { key: apiKey, ...options })
    expect(answer.status).toBe(status)
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

describe('the operator’s router', () => {
  const client = (key: string, clusterToken?: string) =>
    createTRPCClient<OperatorRouter>({
      links: [
        httpLink({
          url: `${api.url}/trpc/operator`,
          headers: { authorization: `Bearer ${key}`, ...(clusterToken ? { 'kube9-cluster-token': clusterToken } : {}) },
        }),
      ],
    })

  test('registers, beats and says goodbye over plain JSON, with an entitlement that the published keys verify', async () => {
    const sent = registration()
    const registered = await client(apiKey).register.mutate(sent)
    const own = client(apiKey, registered.clusterToken)
    const { entitlement } = await own.heartbeat.mutate(
      heartbeat({ clusterId: registered.clusterId, instanceId: sent.instanceId ?? '', sequence: 1 }),
    )
    const jwks = await ask('/.well-known/jwks.json')
    expect(jwks.headers.get('cache-control')).toBe('public, max-age=3600')
    const { keys } = jwksSchema.parse(JSON.parse(jwks.text))
    expect(keys).toHaveLength(2)
    const { payload, protectedHeader } = await jwtVerify(
      entitlement ?? '',
      createLocalJWKSet(JSON.parse(jwks.text) as JSONWebKeySet),
      {
        algorithms: ['EdDSA'],
        audience: 'kube9',
        issuer: 'api.kube9.example',
        currentDate: world.clock.now(),
      },
    )
    expect(keys.map((key) => key.kid)).toContain(protectedHeader.kid)
    const claims = entitlementClaimsSchema.parse(payload)
    expect(claims).toMatchObject({ sub: registered.clusterId, ident: sent.clusterIdentifier, tier: 'pro' })
    expect(claims.exp - claims.iat).toBe(72 * 3600)
    await expect(own.deregister.mutate({ clusterId: registered.clusterId })).resolves.toEqual({
      status: 'deregistered',
    })
  })

  test('gives errors with the contract’s body, status and Retry-After', async () => {
    const failure: unknown = await client(generateApiKey('prod'))
      .register.mutate(registration())
      .catch((error: unknown) => error)
    if (!(failure instanceof TRPCClientError)) throw failure
    expect(failure.data).toMatchObject({ httpStatus: 401 })
    expect(errorBodySchema.parse((failure as TRPCClientError<OperatorRouter>).data?.kube9).code).toBe('INVALID_API_KEY')
    const sent = publicRegistration()
    for (let count = 0; count < 10; count++) await client(apiKey).register.mutate(sent)
    const limited = await ask('/trpc/operator/register', { key: apiKey, body: JSON.stringify(sent) })
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  })

  test.each([
    ['a procedure that is not there', '/trpc/operator/nothing', '{}', 404, 'NOT_FOUND'],
    ['a body that is no JSON', '/trpc/operator/register', '{', 400, 'INVALID_REQUEST'],
    ['an input that is wrong', '/trpc/operator/register', '{"operatorVersion":"one"}', 400, 'INVALID_REQUEST'],
    ['a batch', '/trpc/operator/register,heartbeat?batch=1', '{}', 400, 'INVALID_REQUEST'],
  ])('answers %s in the contract’s form', async (_name, path, body, status, code) => {
    const answer = await ask(path, { key: apiKey, body })
    expect(answer.status).toBe(status)
    const parsed = JSON.parse(answer.text) as { error: { data: { kube9: unknown } } }
    expect(errorBodySchema.parse(parsed.error.data.kube9).code).toBe(code)
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
