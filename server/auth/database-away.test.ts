import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifiedAccount } from '#server/domain/accounts/index.ts'
import { hashPassword } from '#server/domain/accounts/password-hash.ts'
import { createTestDatabase } from '#test/database/create-test-database.ts'
import type { TestDatabase } from '#test/database/create-test-database.ts'
import { CuttableProxy } from '#test/portal/cuttable-proxy.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'

const PASSWORD = 'four green apples'

let database: TestDatabase
let proxy: CuttableProxy
let portal: TestPortal

beforeAll(async () => {
  database = await createTestDatabase()
  const url = new URL(database.appUrl)
  proxy = await CuttableProxy.start({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  portal = await startTestPortal({ databaseUrl: url.href })
})
afterAll(async () => {
  await portal.stop()
  await proxy.stop()
  await database.drop()
})

describe('with the database away', () => {
  test('nothing gets past a limit, nobody is signed out for good, and all is well once it is back', async () => {
    const { userId } = await createVerifiedAccount(portal.contextFor({ kind: 'anonymous' }), {
      email: 'ada@example.com',
      name: null,
    })
    await portal.db.user.update({ where: { id: userId }, data: { passwordHash: await hashPassword(PASSWORD) } })
    const browser = new PortalBrowser(portal.url)
    expect((await browser.signIn('ada@example.com', PASSWORD)).status).toBe(200)
    const session = browser.cookies.get('kube9.session')

    proxy.cut()
    const stranger = new PortalBrowser(portal.url)
    const signIn = await stranger.signIn('ada@example.com', PASSWORD)
    expect(signIn.status).toBe(503)
    expect(Number(signIn.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await signIn.json()).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      url: expect.stringContaining('error=Unavailable'),
    })
    expect(stranger.cookies.has('kube9.session')).toBe(false)
    for (const [procedure, input] of [
      ['account.signUp', { email: 'new@example.com', password: PASSWORD }],
      ['account.requestReset', { email: 'ada@example.com' }],
    ] as const) {
      const { status, error } = await stranger.mutate(procedure, input)
      expect({ procedure, status, code: error?.code }).toEqual({ procedure, status: 503, code: 'SERVICE_UNAVAILABLE' })
    }
    expect((await browser.query('account.sessions')).status).toBe(503)
    expect((await browser.fetch('/api/auth/session')).status).toBe(503)
    expect(browser.cookies.get('kube9.session')).toBe(session)
    expect((await fetch(`${portal.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${portal.url}/healthz`)).status).toBe(200)

    proxy.mend()
    await expect.poll(async () => (await browser.query('account.sessions')).status).toBe(200)
    expect((await stranger.signIn('ada@example.com', PASSWORD)).status).toBe(200)
  })
})
