import { createEmulator } from 'emulate'
import type { Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#scripts/postgres/free-port.ts'
import { createSession, createVerifiedAccount } from '#server/domain/accounts/index.ts'
import { PortalBrowser } from '#scripts/demo/portal-browser.ts'
import { startTestPortal } from '#test/portal/start-test-portal.ts'
import type { TestPortal } from '#test/portal/start-test-portal.ts'

const CLIENT_SECRET = 'planted-github-client-secret'

let portal: TestPortal
let github: Emulator

beforeAll(async () => {
  const [githubPort, portalPort] = [await freePort(), await freePort()]
  github = await createEmulator({
    service: 'github',
    port: githubPort,
    seed: {
      github: {
        users: ['ada', 'grace', 'victim', 'hidden', 'linus'].map((login) => ({
          login,
          name: `${login} of GitHub`,
          email: login === 'hidden' ? 'none' : `${login}@example.com`,
        })),
        oauth_apps: [
          {
            client_id: 'kube9',
            client_secret: CLIENT_SECRET,
            name: 'kube9',
            redirect_uris: [`http://localhost:${portalPort}/api/auth/callback/github`],
          },
        ],
      },
    },
  })
  portal = await startTestPortal({
    port: portalPort,
    env: { GITHUB_CLIENT_ID: 'kube9', GITHUB_CLIENT_SECRET: CLIENT_SECRET, GITHUB_URL: github.url },
  })
})
afterAll(async () => {
  await portal.stop()
  await github.close()
})

/** Goes to GitHub and consents there as one of its people; gives back where the portal leads in the end. */
async function signInByGitHub(browser: PortalBrowser, login: string, callbackUrl = '/home'): Promise<string> {
  const begun = (await (await browser.postToAuth('signin/github', { callbackUrl })).json()) as { url: string }
  const asked = new URL(begun.url)
  expect(asked.origin).toBe(new URL(github.url).origin)
  const { redirect_uri = '', state = '', scope = '', client_id = '' } = Object.fromEntries(asked.searchParams)
  const consent = await fetch(`${github.url}/login/oauth/callback`, {
    method: 'POST',
    body: new URLSearchParams({ login, redirect_uri, state, scope, client_id }),
    redirect: 'manual',
  })
  const callback = new URL(consent.headers.get('location') ?? '')
  expect(callback.origin).toBe(portal.url)
  const answer = await browser.fetch(callback.pathname + callback.search)
  return answer.headers.get('location') ?? ''
}

describe('sign-in by GitHub', () => {
  test('makes an account with a team, and finds it again', async () => {
    const [first, second] = [new PortalBrowser(portal.url), new PortalBrowser(portal.url)]
    expect(await signInByGitHub(first, 'ada')).toBe(`${portal.url}/home`)
    expect((await first.query<unknown[]>('team.list')).data).toMatchObject([{ name: 'Ada’s team', role: 'owner' }])
    await signInByGitHub(second, 'ada')
    expect((await second.query<unknown[]>('account.sessions')).data).toHaveLength(2)
    expect(await portal.db.user.count({ where: { email: 'ada@example.com' } })).toBe(1)
  })

  test('leads back to the page that asked for it with its whole question, and nowhere else', async () => {
    const question = `/connect/vscode?${new URLSearchParams({ state: 'a b&c', redirect_uri: 'urn:kube9:paste' })}`
    expect(await signInByGitHub(new PortalBrowser(portal.url), 'ada', question)).toBe(portal.url + question)
    const elsewhere = await signInByGitHub(new PortalBrowser(portal.url), 'ada', 'https://evil.example.com/')
    expect(new URL(elsewhere).origin).toBe(portal.url)
  })

  test('does not get into an account of the same address that has another way in', async () => {
    await createVerifiedAccount(portal.contextFor({ kind: 'anonymous' }), { email: 'grace@example.com', name: null })
    const browser = new PortalBrowser(portal.url)
    expect(await signInByGitHub(browser, 'grace')).toContain('error=OAuthAccountNotLinked')
    expect(browser.cookies.has('kube9.session')).toBe(false)
  })

  test('in a browser where another is signed in changes who that is, and ties the two to nothing', async () => {
    const alice = { email: 'alice@example.com', name: null }
    const ctx = portal.contextFor({ kind: 'anonymous' })
    const { userId } = await createVerifiedAccount(ctx, alice)
    const { token } = await createSession(ctx, { userId, client: { userAgent: null } })
    const browser = new PortalBrowser(portal.url)
    browser.setCookie('kube9.session', token)
    expect((await browser.query<unknown[]>('team.list')).data).toMatchObject([{ name: 'Alice’s team' }])
    for (let time = 0; time < 2; time++) {
      expect(await signInByGitHub(browser, 'linus')).toBe(`${portal.url}/home`)
      expect((await browser.query<unknown[]>('team.list')).data).toMatchObject([{ name: 'Linus’s team' }])
      expect((await browser.query<unknown[]>('account.sessions')).data).toHaveLength(1)
    }
    expect(await portal.db.identity.count({ where: { userId } })).toBe(0)
    expect(await portal.db.session.count({ where: { userId } })).toBe(0)
  })

  test('without an address that GitHub vouches for says so', async () => {
    const browser = new PortalBrowser(portal.url)
    expect(await signInByGitHub(browser, 'hidden')).toContain('/sign-in?error=NoVerifiedEmail')
    expect(browser.cookies.has('kube9.session')).toBe(false)
  })

  test('takes over an address that a stranger signed up and never verified, without their password', async () => {
    const password = 'a password of the attacker'
    await new PortalBrowser(portal.url).mutate('account.signUp', { email: 'victim@example.com', password })
    const browser = new PortalBrowser(portal.url)
    expect(await signInByGitHub(browser, 'victim')).toBe(`${portal.url}/home`)
    expect((await new PortalBrowser(portal.url).signIn('victim@example.com', password)).status).toBe(401)
  })

  test('is refused when the state is not the one of this browser', async () => {
    const [begins, thief] = [new PortalBrowser(portal.url), new PortalBrowser(portal.url)]
    const answer = await begins.postToAuth('signin/github', { callbackUrl: '/home' })
    const state = new URL(((await answer.json()) as { url: string }).url).searchParams.get('state') ?? ''
    await thief.fetch(`/api/auth/callback/github?${new URLSearchParams({ code: 'x'.repeat(40), state })}`)
    expect(thief.cookies.has('kube9.session')).toBe(false)
  })

  test('leaves neither the client’s secret nor an access token in log or database', async () => {
    expect(portal.logged()).not.toContain(CLIENT_SECRET)
    const rows = await portal.db.$queryRaw<{ row: string }[]>`SELECT identities::text AS row FROM identities`
    expect(rows.length).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toMatch(/gho_|ghp_|planted/)
  })
})
