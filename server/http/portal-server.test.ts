import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'

let portal: TestPortal

beforeAll(async () => {
  portal = await startTestPortal()
})
afterAll(() => portal.stop())

type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

/** By node:http, since fetch sets Host and Origin by itself. */
async function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const req = request(
    `${portal.url}${path}`,
    { method: options.method ?? 'GET', headers: options.headers ?? {} },
    (res) => {
      let body = ''
      res.setEncoding('utf8').on('data', (text: string) => (body += text))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }))
    },
  )
  req.on('error', reject).end(options.body)
  return promise
}

const JSON_TYPE = { 'content-type': 'application/json' }
const RESET = { method: 'POST', body: JSON.stringify({ email: 'nobody@example.com' }) }

describe('host and origin', () => {
  test('a Host that is not ours gets 421, whatever the path', async () => {
    for (const path of ['/', '/sign-in', '/api/trpc/team.list', '/charts/index.yaml']) {
      expect((await send(path, { headers: { host: 'evil.example' } })).status).toBe(421)
      expect((await send(path, { headers: { host: '127.0.0.1:1' } })).status).toBe(421)
    }
  })

  test('what changes something needs the exact origin of the portal', async () => {
    const post = (headers: Record<string, string>) =>
      send('/api/trpc/account.requestReset', { ...RESET, headers: { ...JSON_TYPE, ...headers } })
    expect((await post({})).status).toBe(403)
    for (const origin of [
      'null',
      'https://evil.example',
      `${portal.url}.evil.example`,
      portal.url.replace('http:', 'https:'),
      `${portal.url}0`,
    ]) {
      expect((await post({ origin })).status).toBe(403)
    }
    expect((await post({ origin: portal.url })).status).toBe(200)
  })

  test('sign-in and sign-out need it too', async () => {
    for (const path of [
      '/api/auth/callback/credentials',
      '/api/auth/signout',
      '/api/auth/callback/email?token=x&email=y',
      '/any-page',
    ]) {
      expect((await send(path, { method: 'POST', headers: { origin: 'https://evil.example' }, body: '' })).status).toBe(
        403,
      )
    }
  })

  test('tRPC takes application/json alone', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect(
        (
          await send('/api/trpc/account.requestReset', {
            ...RESET,
            headers: { 'content-type': type, origin: portal.url },
          })
        ).status,
      ).toBe(415)
    }
  })

  test('a body that is too large or of no stated length is refused before anything reads it', async () => {
    const headers = { ...JSON_TYPE, origin: portal.url }
    expect(
      (await send('/api/trpc/account.requestReset', { method: 'POST', headers, body: `"${'x'.repeat(70_000)}"` }))
        .status,
    ).toBe(413)
    const chunked = { ...headers, 'transfer-encoding': 'chunked' }
    expect(
      (await send('/api/trpc/account.requestReset', { method: 'POST', headers: chunked, body: '{}' })).status,
    ).toBe(411)
  })
})

describe('headers', () => {
  test('every page has a policy with a nonce of its own, and cannot be framed', async () => {
    const [one, other] = [await send('/'), await send('/')]
    const nonceOf = (answer: Answer) =>
      /'nonce-([A-Za-z0-9+/=]{24})'/.exec(String(answer.headers['content-security-policy']))?.[1]
    expect(nonceOf(one)).toBeDefined()
    expect(nonceOf(other)).not.toBe(nonceOf(one))
    expect(one.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(one.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    expect(one.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('what a client says of nonce, policy, address, host and request id never reaches a page', async () => {
    const planted = {
      'x-nonce': 'planted',
      'content-security-policy': "script-src 'nonce-planted'",
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'planted.example',
      'x-forwarded-proto': 'planted',
      'x-real-ip': '6.6.6.6',
      'x-request-id': 'planted',
      'x-middleware-subrequest': 'planted',
      forwarded: 'for=6.6.6.6;host=planted.example',
    }
    const { body, headers } = await send('/', { headers: planted })
    expect(body).not.toMatch(/planted|6\.6\.6\.6/)
    expect(JSON.stringify(headers)).not.toContain('planted')
    expect(body).toContain(`"x-forwarded-host":"${new URL(portal.url).host}"`)
  })
})

describe('health', () => {
  test('answers under any host name', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await send(path, { headers: { host: '10.0.0.7:3000' } })).status).toBe(200)
  })

  test('metrics are for this machine alone, not for what comes through a proxy on it', async () => {
    expect((await send('/metrics')).body).toContain('kube9_portal_requests_total')
    expect((await send('/metrics', { headers: { 'x-forwarded-for': '1.2.3.4' } })).status).toBe(404)
  })
})

describe('logs', () => {
  test('hold neither queries nor keys that came in a path', async () => {
    await send('/verify?token=planted-token')
    await send('/clusters/kdy_prod_plantedkeyplantedkey')
    await expect.poll(() => portal.logged()).toContain('/clusters/kdy_…')
    expect(portal.logged()).toContain('/verify')
    expect(portal.logged()).not.toMatch(/planted/)
  })
})
