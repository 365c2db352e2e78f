import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { entitlementClaimsSchema, jwksSchema } from '#contract/entitlement.ts'
import { errorBodySchema, errorStatuses } from '#contract/errors.ts'
import type { ErrorCode } from '#contract/errors.ts'
import type { OperatorRouter } from '#contract/router-types.ts'
import { askApi, startApi } from '#test/context/start-api.ts'
import type { TestApi } from '#test/context/start-api.ts'
import { createTestKey, heartbeat, publicRegistration, registration } from '#test/context/test-operator.ts'
import { TestWorld } from '#test/context/test-world.ts'

let world: TestWorld
let api: TestApi
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
  apiKey = (await createTestKey(world, await world.createTeam())).key
})

function client(key: string, clusterToken?: string) {
  const headers = { authorization: `Bearer ${key}`, ...(clusterToken ? { 'kube9-cluster-token': clusterToken } : {}) }
  return createTRPCClient<OperatorRouter>({ links: [httpLink({ url: `${api.url}/trpc/operator`, headers })] })
}

function withNul(): string {
  return JSON.stringify({ ...registration(), kubernetesVersion: 'v1.34.1\0' })
}

describe('the operator’s router', () => {
  test('registers, beats and says goodbye over plain JSON, with an entitlement that the published keys verify', async () => {
    const sent = registration()
    const registered = await client(apiKey).register.mutate(sent)
    const own = client(apiKey, registered.clusterToken)
    const { entitlement } = await own.heartbeat.mutate(
      heartbeat({ clusterId: registered.clusterId, instanceId: sent.instanceId ?? '', sequence: 1 }),
    )
    const jwks = await askApi(api, '/.well-known/jwks.json')
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
    const limited = await askApi(api, '/trpc/operator/register', { key: apiKey, body: JSON.stringify(sent) })
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  })

  test.each<{ name: string; path: string; body: string; code: ErrorCode }>([
    { name: 'a procedure that is not there', path: 'nothing', body: '{}', code: 'NOT_FOUND' },
    { name: 'a body that is no JSON', path: 'register', body: '{', code: 'INVALID_REQUEST' },
    { name: 'an input that is wrong', path: 'register', body: '{"operatorVersion":"one"}', code: 'INVALID_REQUEST' },
    { name: 'a NUL in a text', path: 'register', body: withNul(), code: 'INVALID_REQUEST' },
    { name: 'a batch', path: 'register,heartbeat?batch=1', body: '{}', code: 'INVALID_REQUEST' },
  ])('answers $name in the contract’s form', async ({ path, body, code }) => {
    const answer = await askApi(api, `/trpc/operator/${path}`, { key: apiKey, body })
    expect(answer.status).toBe(errorStatuses[code])
    const parsed = JSON.parse(answer.text) as { error: { data: { kube9: unknown } } }
    expect(errorBodySchema.parse(parsed.error.data.kube9).code).toBe(code)
  })
})
