import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifiedAccount } from '#server/domain/accounts/index.ts'
import { hashPassword } from '#server/domain/accounts/password-hash.ts'
import type { Transaction } from '#server/platform/database.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { untilOneWaits } from '#test/database/until-one-waits.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'

const LIMIT_WINDOW_MS = 15 * 60_000
const PASSWORD = 'four green apples'
const RESET_LINK = /http:\/\/\S+\/reset\?token=\S+/
const MAGIC_LINK = /http:\/\/\S+\/sign-in\/link\?\S+/

let portal: TestPortal

beforeAll(async () => {
  portal = await startTestPortal()
})
afterAll(() => portal.stop())

async function createAccount(email: string): Promise<{ userId: string }> {
  const account = await createVerifiedAccount(portal.contextFor({ kind: 'anonymous' }), { email, name: null })
  await portal.db.user.update({ where: { id: account.userId }, data: { passwordHash: await hashPassword(PASSWORD) } })
  return account
}

async function signedIn(email: string): Promise<PortalBrowser> {
  const browser = new PortalBrowser(portal.url)
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200)
  return browser
}

describe('sign-in with a password', () => {
  test('gives a session whose token lies in the database only as its SHA-256', async () => {
    const { userId } = await createAccount('ada@example.com')
    const browser = await signedIn('ada@example.com')
    const token = browser.cookies.get('kube9.session') ?? ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const [session] = await portal.db.session.findMany({ where: { userId } })
    expect(Buffer.from(session?.tokenHash ?? []).equals(createHash('sha256').update(token).digest())).toBe(true)
    const rows = await portal.db.$queryRaw<{ row: string }[]>`SELECT sessions::text AS row FROM sessions`
    expect(rows.some(({ row }) => row.includes(token))).toBe(false)
  })

  test('gives a cookie that scripts cannot read, of this host alone', async () => {
    await createAccount('cookie@example.com')
    const answer = await new PortalBrowser(portal.url).signIn('cookie@example.com', PASSWORD)
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('kube9.session='))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//)
    expect(cookie).not.toMatch(/Domain/i)
  })

  test('says the same for a wrong password, an unknown address and one that waits for verification', async () => {
    await createAccount('real@example.com')
    await portal.db.user.create({ data: { email: 'waits@example.com', passwordHash: await hashPassword(PASSWORD) } })
    const answers = await Promise.all(
      [
        ['real@example.com', 'not the password'],
        ['nobody@example.com', PASSWORD],
        ['waits@example.com', PASSWORD],
      ].map(async ([email = '', password = '']) => {
        const answer = await new PortalBrowser(portal.url).signIn(email, password)
        const { requestId, ...body } = (await answer.json()) as { requestId: string }
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
        return { status: answer.status, body, cookies: answer.headers.getSetCookie().length }
      }),
    )
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })

  test('by a mailed link says what is wrong with an address, at its field', async () => {
    const answer = await new PortalBrowser(portal.url).postToAuth('signin/email', {
      email: 'ada@example',
      callbackUrl: '/home',
    })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { field: 'email', issue: expect.stringContaining('you@example.com') },
    })
  })

  test('without next-auth’s token against forged requests is refused', async () => {
    await createAccount('csrf@example.com')
    const browser = new PortalBrowser(portal.url)
    await browser.fetch('/api/auth/callback/credentials', {
      method: 'POST',
      body: new URLSearchParams({ email: 'csrf@example.com', password: PASSWORD }),
    })
    expect(browser.cookies.has('kube9.session')).toBe(false)
  })

  test('is limited for one account from one address, and says when to come back', { timeout: 60_000 }, async () => {
    // The counts of a window end with it, and these have to fall into one.
    const leftMs = LIMIT_WINDOW_MS - (Date.now() % LIMIT_WINDOW_MS)
    if (leftMs < 20_000) await delay(leftMs)
    await createAccount('guessed@example.com')
    const browser = new PortalBrowser(portal.url)
    const statuses: number[] = []
    for (let attempt = 0; attempt < 21; attempt++)
      statuses.push((await browser.signIn('guessed@example.com', 'a wrong guess')).status)
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set([401]))
    expect(statuses[20]).toBe(429)
    const answer = await browser.signIn('guessed@example.com', PASSWORD)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe('sessions', () => {
  test('are listed with the current one marked, and end one by one or all at once', async () => {
    await createAccount('many@example.com')
    const [desk, phone] = [await signedIn('many@example.com'), await signedIn('many@example.com')]
    const { data } = await desk.query<{ id: string; current: boolean }[]>('account.sessions')
    expect(data?.map(({ current }) => current).toSorted()).toEqual([false, true])
    const other = data?.find(({ current }) => !current)
    expect((await desk.mutate('account.endSession', { id: other?.id })).status).toBe(200)
    expect((await phone.query('account.sessions')).status).toBe(401)
    expect((await desk.mutate('account.signOutEverywhere')).data).toEqual({ ended: 1 })
    expect(desk.cookies.has('kube9.session')).toBe(false)
    expect((await desk.query('account.sessions')).status).toBe(401)
  })

  test('of another person cannot be ended', async () => {
    const [mine, theirs] = [await createAccount('mine@example.com'), await createAccount('theirs@example.com')]
    const [me] = [await signedIn('mine@example.com'), await signedIn('theirs@example.com')]
    const session = await portal.db.session.findFirstOrThrow({ where: { userId: theirs.userId } })
    expect((await me.mutate('account.endSession', { id: session.id })).status).toBe(404)
    expect(await portal.db.session.count({ where: { userId: { in: [mine.userId, theirs.userId] } } })).toBe(2)
  })

  test('end by signing out, in the database too', async () => {
    const { userId } = await createAccount('leaves@example.com')
    const browser = await signedIn('leaves@example.com')
    const token = browser.cookies.get('kube9.session') ?? ''
    await browser.postToAuth('signout', {})
    expect(await portal.db.session.count({ where: { userId } })).toBe(0)
    const thief = new PortalBrowser(portal.url)
    thief.setCookie('kube9.session', token)
    expect((await thief.query('account.sessions')).status).toBe(401)
  })

  test('are over after their time', async () => {
    const { userId } = await createAccount('over@example.com')
    const browser = await signedIn('over@example.com')
    await portal.db.session.updateMany({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect((await browser.query('account.sessions')).status).toBe(401)
  })

  test('next-auth tells a page no more of a person than address and name', async () => {
    await createAccount('private@example.com')
    const browser = await signedIn('private@example.com')
    const session = (await (await browser.fetch('/api/auth/session')).json()) as { user: object }
    expect(Object.keys(session).toSorted()).toEqual(['expires', 'user'])
    expect(Object.keys(session.user).toSorted()).toEqual(['email', 'name'])
  })
})

describe('password reset', () => {
  test('ends all sessions, works once, and lets the new password in', async () => {
    const { userId } = await createAccount('forgot@example.com')
    const [desk] = [await signedIn('forgot@example.com'), await signedIn('forgot@example.com')]
    expect((await desk.mutate('account.requestReset', { email: 'forgot@example.com' })).data).toEqual({ sent: true })
    const token = new URL(await portal.mail.linkTo('forgot@example.com', RESET_LINK)).searchParams.get('token')
    expect((await desk.mutate('account.resetPassword', { token, password: 'Password2026!' })).status).toBe(400)
    expect((await desk.mutate('account.resetPassword', { token, password: 'seven yellow pears' })).status).toBe(200)
    expect(await portal.db.session.count({ where: { userId } })).toBe(0)
    expect((await desk.query('account.sessions')).status).toBe(401)
    expect((await desk.mutate('account.resetPassword', { token, password: 'another seven pears' })).status).toBe(400)
    expect((await desk.signIn('forgot@example.com', PASSWORD)).status).toBe(401)
    expect((await desk.signIn('forgot@example.com', 'seven yellow pears')).status).toBe(200)
  })

  test('leaves no session to whoever gave the old password while it was under way', async () => {
    const { userId } = await createAccount('race@example.com')
    const browser = new PortalBrowser(portal.url)
    const reset = async (tx: Transaction) => {
      await tx.user.update({ where: { id: userId }, data: { passwordHash: 'that of another' } })
      const answer = browser.signIn('race@example.com', PASSWORD)
      // It has to wait for this transaction; were it answered before, nothing would end its session.
      await untilOneWaits(portal.db, answer)
      await tx.session.deleteMany({ where: { userId } })
      return { answer }
    }
    const { answer } = await portal.db.$transaction(reset, { timeout: 30_000 })
    expect((await answer).status).toBe(401)
    expect(browser.cookies.has('kube9.session')).toBe(false)
    expect(await portal.db.session.count({ where: { userId } })).toBe(0)
  })

  test('answers alike for an address that nobody has', async () => {
    const earlier = portal.mail.mails.length
    const { status, data } = await new PortalBrowser(portal.url).mutate('account.requestReset', {
      email: 'nobody@example.com',
    })
    expect({ status, data }).toEqual({ status: 200, data: { sent: true } })
    expect(await portal.db.outgoingMail.count({ where: { toAddress: 'nobody@example.com' } })).toBe(0)
    expect(portal.mail.mails.slice(earlier).filter((mail) => mail.to === 'nobody@example.com')).toEqual([])
  })
})

describe('magic link', () => {
  async function requestLink(browser: PortalBrowser, email: string): Promise<URL> {
    const answer = await browser.postToAuth('signin/email', { email, callbackUrl: '/home' })
    expect(((await answer.json()) as { url: string }).url).toContain('/api/auth/verify-request')
    return new URL(await portal.mail.linkTo(email, MAGIC_LINK))
  }

  test('that was mailed before a password reset signs nobody in after it', async () => {
    const { userId } = await createAccount('earlier@example.com')
    const browser = new PortalBrowser(portal.url)
    const link = await requestLink(browser, 'earlier@example.com')
    await browser.mutate('account.requestReset', { email: 'earlier@example.com' })
    const token = new URL(await portal.mail.linkTo('earlier@example.com', RESET_LINK)).searchParams.get('token')
    expect((await browser.mutate('account.resetPassword', { token, password: 'seven yellow pears' })).status).toBe(200)
    await browser.fetch(`/api/auth/callback/email${link.search}`, { method: 'POST' })
    expect(browser.cookies.has('kube9.session')).toBe(false)
    expect(await portal.db.session.count({ where: { userId } })).toBe(0)
  })

  test('signs in by POST, once; a GET of it changes nothing', async () => {
    await createAccount('magic@example.com')
    const browser = new PortalBrowser(portal.url)
    const link = await requestLink(browser, 'magic@example.com')
    expect(link.origin).toBe(portal.url)
    const callback = `/api/auth/callback/email${link.search}`
    expect((await browser.fetch(callback)).status).toBe(404)
    expect(browser.cookies.has('kube9.session')).toBe(false)
    expect((await browser.fetch(callback, { method: 'POST' })).headers.get('location')).toBe(`${portal.url}/home`)
    expect((await browser.query<unknown[]>('account.sessions')).data).toHaveLength(1)
    const thief = new PortalBrowser(portal.url)
    await thief.fetch(callback, { method: 'POST' })
    expect(thief.cookies.has('kube9.session')).toBe(false)
  })

  test('makes an account with a team for a new address', async () => {
    const browser = new PortalBrowser(portal.url)
    const link = await requestLink(browser, 'new-by-link@example.com')
    await browser.fetch(`/api/auth/callback/email${link.search}`, { method: 'POST' })
    expect((await browser.query<unknown[]>('team.list')).data).toHaveLength(1)
  })

  test('discards a password that a stranger set before', async () => {
    await new PortalBrowser(portal.url).mutate('account.signUp', {
      email: 'hijack@example.com',
      password: 'a password of the attacker',
    })
    const browser = new PortalBrowser(portal.url)
    const link = await requestLink(browser, 'hijack@example.com')
    await browser.fetch(`/api/auth/callback/email${link.search}`, { method: 'POST' })
    expect((await browser.query<unknown[]>('team.list')).data).toHaveLength(1)
    expect(
      (await new PortalBrowser(portal.url).signIn('hijack@example.com', 'a password of the attacker')).status,
    ).toBe(401)
  })

  test('leads back to the page that asked for the sign-in, with its query', async () => {
    const browser = new PortalBrowser(portal.url)
    const next = '/connect/vscode?state=abc&redirect_uri=vscode%3A%2F%2Falto9.kube9-vscode%2Fauth'
    await browser.postToAuth('signin/email', { email: 'returning@example.com', callbackUrl: next })
    const link = new URL(await portal.mail.linkTo('returning@example.com', MAGIC_LINK))
    expect(link.searchParams.get('callbackUrl')).toBe(next)
    const callback = await browser.fetch(`/api/auth/callback/email${link.search}`, { method: 'POST' })
    expect(callback.headers.get('location')).toBe(portal.url + next)
  })

  test('leads back to the portal alone', async () => {
    const browser = new PortalBrowser(portal.url)
    await browser.postToAuth('signin/email', { email: 'redirect@example.com', callbackUrl: 'https://evil.example/' })
    const link = new URL(await portal.mail.linkTo('redirect@example.com', MAGIC_LINK))
    expect(link.href).not.toContain('evil.example')
  })

  test('is limited for one mailbox', async () => {
    const browser = new PortalBrowser(portal.url)
    const answers: number[] = []
    for (let attempt = 0; attempt < 7; attempt++) {
      answers.push(
        (await browser.postToAuth('signin/email', { email: 'flooded@example.com', callbackUrl: '/home' })).status,
      )
    }
    expect(answers.at(-1)).toBe(429)
    expect(await portal.db.outgoingMail.count({ where: { toAddress: 'flooded@example.com' } })).toBe(6)
  })
})

describe('logs', () => {
  test('hold no password, token, cookie or mailed link of anything above', async () => {
    const text = portal.logged()
    expect(text.length).toBeGreaterThan(1000)
    for (const secret of [PASSWORD, 'seven yellow pears', 'a password of the attacker', 'token=', 'kube9.session='])
      expect(text).not.toContain(secret)
  })
})
