import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EQUAL_ANSWER_MS } from '#server/domain/accounts/taking-at-least.ts'
import type { Transaction } from '#server/platform/database.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { untilOneWaits } from '#test/database/until-one-waits.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'

const PASSWORD = 'four green apples'
const VERIFY_LINK = /http:\/\/\S+\/verify\?token=\S+/

let portal: TestPortal

beforeAll(async () => {
  portal = await startTestPortal()
})
afterAll(() => portal.stop())

type Verified = { ok: true; signedIn: boolean; resetToken: string | null }

async function signUp(browser: PortalBrowser, email: string, password = PASSWORD): Promise<string> {
  const earlier = portal.mail.mails.length
  expect((await browser.mutate('account.signUp', { email, password })).data).toEqual({ sent: true })
  await expect.poll(() => portal.mail.mails.slice(earlier).some((mail) => mail.to === email)).toBe(true)
  return tokenOf(await portal.mail.linkTo(email, VERIFY_LINK))
}

function tokenOf(link: string): string {
  return new URL(link).searchParams.get('token') ?? ''
}

async function signUpAndVerify(email: string): Promise<PortalBrowser> {
  const browser = new PortalBrowser(portal.url)
  const token = await signUp(browser, email)
  expect((await browser.mutate<Verified>('account.verifyEmail', { token })).data).toEqual({
    ok: true,
    signedIn: true,
    resetToken: null,
  })
  return browser
}

type Observed = { durationMs: number; seen: object }

/** Everything of an answer that someone who tries out addresses can see. */
async function observeSignUp(email: string): Promise<Observed> {
  const browser = new PortalBrowser(portal.url)
  const startedAt = performance.now()
  const answer = await browser.mutate('account.signUp', { email, password: PASSWORD })
  const durationMs = performance.now() - startedAt
  const headerNames = [...answer.headers.keys()].toSorted()
  const proofLength = browser.cookies.get('kube9.sign-up')?.length
  return { durationMs, seen: { status: answer.status, data: answer.data, headerNames, proofLength } }
}

function leastMs(observed: Observed[]): number {
  return Math.min(...observed.map(({ durationMs }) => durationMs))
}

describe('sign-up', () => {
  test('ends, after the press on the mailed link, signed in with a team and a 14-day trial of Pro', async () => {
    const browser = await signUpAndVerify('ada@example.com')
    const teams =
      await browser.query<{ name: string; slug: string; role: string; plan: { name: string; trialEndsAt: string } }[]>(
        'team.list',
      )
    expect(teams.data).toHaveLength(1)
    const [team] = teams.data ?? []
    expect(team).toMatchObject({
      name: 'Ada’s team',
      role: 'owner',
      plan: { name: 'trial', active: true, clusterLimit: 10, clustersUsed: 0 },
    })
    expect(team?.slug).toMatch(/^ada-[a-z0-9]{5}$/)
    const daysLeft = (Date.parse(team?.plan.trialEndsAt ?? '') - Date.now()) / 86_400_000
    expect(daysLeft).toBeGreaterThan(13.99)
    expect(daysLeft).toBeLessThanOrEqual(14)
  })

  test('never gives an account the password that somebody else sends while its owner verifies it', async () => {
    const [email, password] = ['racing@example.com', 'a password of a stranger']
    await signUp(new PortalBrowser(portal.url), email)
    const { passwordHash } = await portal.db.user.findUniqueOrThrow({ where: { email } })
    const verifies = async (tx: Transaction) => {
      await tx.user.update({ where: { email }, data: { emailVerifiedAt: new Date() } })
      const stranger = new PortalBrowser(portal.url).mutate('account.signUp', { email, password })
      await untilOneWaits(portal.db, stranger)
      return { stranger }
    }
    const { stranger } = await portal.db.$transaction(verifies, { timeout: 30_000 })
    expect(await stranger).toMatchObject({ data: { sent: true } })
    expect(await portal.db.user.findUniqueOrThrow({ where: { email } })).toMatchObject({ passwordHash })
    expect((await new PortalBrowser(portal.url).signIn(email, password)).status).toBe(401)
    await expect.poll(() => portal.mail.mails.filter(({ to }) => to === email)).toHaveLength(2)
  })

  test('writes the team into the audit log, naming the person by id only', async () => {
    await signUpAndVerify('grace.hopper@example.com')
    const user = await portal.db.user.findUniqueOrThrow({
      where: { email: 'grace.hopper@example.com' },
      include: { memberships: true },
    })
    const entries = await portal.db.auditEntry.findMany({ where: { teamId: user.memberships[0]?.teamId ?? '' } })
    expect(entries).toMatchObject([{ action: 'team.created', actorKind: 'user', actorId: user.id }])
    expect(JSON.stringify(entries)).not.toMatch(/grace|hopper|@/i)
  })

  test('gives no session before the address is verified, not even for the right password', async () => {
    const browser = new PortalBrowser(portal.url)
    await signUp(browser, 'early@example.com')
    const answer = await browser.signIn('early@example.com', PASSWORD)
    expect(answer.status).toBe(401)
    expect(browser.cookies.has('kube9.session')).toBe(false)
    expect(await portal.db.session.count({ where: { user: { email: 'early@example.com' } } })).toBe(0)
    expect((await browser.query('account.sessions')).error?.code).toBe('UNAUTHENTICATED')
  })

  test('answers a known and an unknown address alike, in status, body, headers and time', async () => {
    await signUpAndVerify('known@example.com')
    const known: Observed[] = []
    const unknown: Observed[] = []
    for (let round = 0; round < 4; round++) {
      known.push(await observeSignUp('known@example.com'))
      unknown.push(await observeSignUp(`unknown-${round}@example.com`))
    }
    for (const { seen } of [...known, ...unknown]) expect(seen).toEqual(known[0]?.seen)
    for (const { durationMs } of [...known, ...unknown]) expect(durationMs).toBeGreaterThan(EQUAL_ANSWER_MS - 10)
    // The quickest of each: what a busy machine adds to one answer says nothing of the address.
    expect(Math.abs(leastMs(known) - leastMs(unknown))).toBeLessThan(100)
  })

  test('mails the owner when a known address signs up again, and changes nothing', async () => {
    await signUpAndVerify('owner@example.com')
    const before = await portal.db.user.findUniqueOrThrow({ where: { email: 'owner@example.com' } })
    await new PortalBrowser(portal.url).mutate('account.signUp', {
      email: 'Owner@Example.com ',
      password: 'a password of a stranger',
    })
    await expect
      .poll(() => portal.mail.mails.filter((mail) => mail.to === 'owner@example.com').at(-1)?.subject)
      .toMatch(/already/)
    expect(await portal.db.user.findUniqueOrThrow({ where: { email: 'owner@example.com' } })).toEqual(before)
  })

  test('refuses a common password and a short one, at the field', async () => {
    const browser = new PortalBrowser(portal.url)
    for (const password of ['Password2026!', 'qwerty123456', 'short']) {
      const { status, error } = await browser.mutate('account.signUp', { email: 'weak@example.com', password })
      expect({ status, error }).toMatchObject({
        status: 400,
        error: { code: 'INVALID_REQUEST', details: { field: 'password' } },
      })
    }
    expect(await portal.db.user.count({ where: { email: 'weak@example.com' } })).toBe(0)
  })

  test('keeps the password as argon2id, and the mail sealed and then wiped', async () => {
    await signUpAndVerify('sealed@example.com')
    const user = await portal.db.user.findUniqueOrThrow({ where: { email: 'sealed@example.com' } })
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await expect.poll(() => portal.db.outgoingMail.count({ where: { sentAt: null } })).toBe(0)
    const mails = await portal.db.outgoingMail.findMany({ where: { toAddress: 'sealed@example.com' } })
    expect(mails.map((mail) => mail.sealedBody)).toEqual([null])
  })
})

describe('verification', () => {
  test('a link works once', async () => {
    const browser = new PortalBrowser(portal.url)
    const token = await signUp(browser, 'once@example.com')
    const [one, other] = await Promise.all([
      browser.mutate('account.verifyEmail', { token }),
      browser.mutate('account.verifyEmail', { token }),
    ])
    expect(new Set([one.status, other.status])).toEqual(new Set([200, 400]))
    expect((await browser.mutate('account.verifyEmail', { token })).error?.code).toBe('INVALID_REQUEST')
  })

  test('a link that is over does not work', async () => {
    const browser = new PortalBrowser(portal.url)
    const token = await signUp(browser, 'late@example.com')
    await portal.db.mailToken.updateMany({
      where: { user: { email: 'late@example.com' } },
      data: { expiresAt: new Date(Date.now() - 1000) },
    })
    expect((await browser.mutate('account.verifyEmail', { token })).status).toBe(400)
  })

  test('in another browser discards the password that the signer-up set, and lets the mailbox’s owner choose one', async () => {
    const attacker = new PortalBrowser(portal.url)
    const token = await signUp(attacker, 'victim@example.com', 'a password of the attacker')
    const victim = new PortalBrowser(portal.url)
    const { data } = await victim.mutate<Verified>('account.verifyEmail', { token })
    expect(data).toMatchObject({ signedIn: false, resetToken: expect.any(String) })
    expect((await attacker.signIn('victim@example.com', 'a password of the attacker')).status).toBe(401)
    expect(
      (await victim.mutate('account.resetPassword', { token: data?.resetToken, password: 'one that the victim chose' }))
        .status,
    ).toBe(200)
    expect((await victim.signIn('victim@example.com', 'one that the victim chose')).status).toBe(200)
    expect((await victim.query<unknown[]>('team.list')).data).toHaveLength(1)
  })

  test('a second sign-up before verification takes the place of the first, link and password', async () => {
    const first = new PortalBrowser(portal.url)
    const firstToken = await signUp(first, 'twice@example.com', 'the password of the first')
    const second = new PortalBrowser(portal.url)
    const secondToken = await signUp(second, 'twice@example.com', 'the password of the second')
    expect((await first.mutate('account.verifyEmail', { token: firstToken })).status).toBe(400)
    expect((await second.mutate<Verified>('account.verifyEmail', { token: secondToken })).data?.signedIn).toBe(true)
    expect((await first.signIn('twice@example.com', 'the password of the first')).status).toBe(401)
    expect((await first.signIn('twice@example.com', 'the password of the second')).status).toBe(200)
  })

  test('the link comes from configuration, whatever the request’s headers say', async () => {
    const browser = new PortalBrowser(portal.url)
    await browser.fetch('/api/trpc/account.signUp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
        referer: 'https://evil.example/',
      },
      body: JSON.stringify({ email: 'headers@example.com', password: PASSWORD }),
    })
    const link = await portal.mail.linkTo('headers@example.com', VERIFY_LINK)
    expect(new URL(link).origin).toBe(portal.url)
    expect(portal.mail.mails.some((mail) => mail.text.includes('evil.example'))).toBe(false)
  })

  test('fetching a mailed link, as scanners do, changes nothing', async () => {
    const browser = new PortalBrowser(portal.url)
    await signUp(browser, 'scanned@example.com')
    const link = await portal.mail.linkTo('scanned@example.com', VERIFY_LINK)
    expect((await fetch(link)).status).toBe(200)
    expect((await browser.query('account.verifyEmail', { token: tokenOf(link) })).status).toBe(405)
    const user = await portal.db.user.findUniqueOrThrow({ where: { email: 'scanned@example.com' } })
    expect(user.emailVerifiedAt).toBeNull()
  })
})
