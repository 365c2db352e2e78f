import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { violationsOf } from './axe.ts'
import { LoopbackEditor, postJson } from './loopback-editor.ts'
import { becomeMember, startPortalVisit } from './portal-visit.ts'
import type { Member, PortalVisit } from './portal-visit.ts'
import { fillSignUp, newVisitor, verificationLink } from '../journey/visitor.ts'

const SCHEME_ADDRESS = 'code-oss://alto9.kube9-vscode/auth'
const PASTE = 'urn:kube9:paste'

let visit: PortalVisit
let member: Member
let webEditor: LoopbackEditor
let editor: LoopbackEditor
let page: Page

beforeAll(async () => {
  webEditor = await LoopbackEditor.start()
  visit = await startPortalVisit({ env: { EDITOR_ORIGINS: `https://editor.example.com,${webEditor.origin}` } })
  member = await becomeMember(visit)
})
afterAll(async () => {
  await visit?.stop()
  await webEditor?.stop()
})
beforeEach(async () => {
  editor = await LoopbackEditor.start()
  page = await visit.open({ storageState: member.storageState })
})
afterEach(async () => {
  await page.context().close()
  await editor.stop()
})

const connectButton = (on: Page) => on.getByRole('button', { name: 'Connect', exact: true })

async function openConsent(on: Page, path = editor.connectPath()): Promise<void> {
  await on.goto(path)
  await connectButton(on).waitFor()
}

describe('the consent page', () => {
  test('names editor, destination and account, sends nothing before the click, and a code after it', async () => {
    await openConsent(page)
    const question = (await page.getByRole('main').textContent()) ?? ''
    expect(question).toContain('Code - OSS on a test')
    expect(question).toContain(new URL(editor.origin).host)
    expect(question).toContain(member.visitor.email)
    expect(editor.answers).toEqual([])
    await connectButton(page).click()
    await page.getByText('Back in the editor').waitFor()
    const [answer] = editor.answers
    expect(answer?.get('state')).toBe(editor.state)
    const { status, json } = await editor.redeem(visit.stack.apiOrigin, answer?.get('code') ?? '')
    expect(status).toBe(200)
    expect(json).toMatchObject({ expiresInSeconds: 900 })
    const logs = visit.stack.portal.output + visit.stack.api.output
    for (const secret of [answer?.get('code'), editor.state, json.accessToken, json.refreshToken]) {
      expect(logs).not.toContain(secret)
    }
  })

  test('asks who is signed out to sign in, and comes back with its whole question', async () => {
    const stranger = await visit.open()
    const path = editor.connectPath()
    await stranger.goto(path)
    await stranger.getByText('Sign in to connect your editor').waitFor()
    await signIn(stranger, member)
    await connectButton(stranger).waitFor()
    expect(new URL(stranger.url()).search).toBe(new URL(path, stranger.url()).search)
    await stranger.context().close()
  })

  test('comes back by a mailed link too', async () => {
    const stranger = await visit.open()
    await stranger.goto(editor.connectPath())
    await stranger.getByRole('link', { name: 'Sign in by a mailed link' }).click()
    await stranger.waitForURL(/way=mail/)
    await stranger.getByRole('button', { name: 'Mail me a link' }).waitFor()
    await stranger.getByLabel('E-mail address').fill(member.visitor.email)
    await stranger.getByRole('button', { name: 'Mail me a link' }).click()
    await stranger.waitForURL(/\/check-your-mail/)
    await stranger.goto(await visit.stack.mail.linkTo(member.visitor.email, /http\S+\/sign-in\/link\?\S+/))
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).click()
    await connectButton(stranger).waitFor()
    expect(new URL(stranger.url()).searchParams.get('state')).toBe(editor.state)
    await stranger.context().close()
  })

  test('has somebody new sign up, and sends them back to their editor, which then asks once more', async () => {
    const stranger = await visit.open()
    const newcomer = newVisitor()
    await stranger.goto(editor.connectPath())
    await stranger.getByText('Sign in to connect your editor').waitFor()
    await stranger.getByRole('link', { name: 'Sign up', exact: true }).click()
    await stranger.waitForURL(/\/sign-up\?for=editor/)
    await fillSignUp(stranger, newcomer)
    await stranger.goto(await visit.stack.mail.linkTo(newcomer.email, verificationLink))
    await stranger.getByRole('button', { name: 'Verify e-mail address' }).click()
    await stranger.getByText('Go back to your editor').waitFor()
    expect(await stranger.getByRole('main').textContent()).toContain(newcomer.email)
    await openConsent(stranger)
    await connectButton(stranger).click()
    await stranger.getByText('Back in the editor').waitFor()
    expect(editor.answers[0]?.get('state')).toBe(editor.state)
    await stranger.context().close()
  })

  test('is where who changes their mind about signing up comes back to', async () => {
    const stranger = await visit.open()
    await stranger.goto(editor.connectPath())
    await stranger.getByRole('link', { name: 'Sign up', exact: true }).click()
    await stranger.waitForURL(/\/sign-up\?for=editor/)
    await stranger.getByRole('link', { name: 'Sign in', exact: true }).click()
    await stranger.getByText('Sign in to connect your editor').waitFor()
    await signIn(stranger, member)
    await connectButton(stranger).waitFor()
    expect(new URL(stranger.url()).searchParams.get('state')).toBe(editor.state)
    await stranger.context().close()
  })

  test('lets its reader use another account', async () => {
    const other = await becomeMember(visit)
    const own = await visit.open()
    await own.goto(editor.connectPath())
    await signIn(own, member)
    await own.getByText(member.visitor.email).waitFor()
    await own.getByRole('button', { name: 'Use another account' }).click()
    await signIn(own, other)
    await own.getByText(other.visitor.email).waitFor()
    expect(await own.getByRole('main').textContent()).not.toContain(member.visitor.email)
    await own.context().close()
  })

  test('says no to the editor when its reader does', async () => {
    await openConsent(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Back in the editor').waitFor()
    expect(Object.fromEntries(editor.answers[0] ?? [])).toEqual({ error: 'access_denied', state: editor.state })
  })

  test.each([
    ['Connect', { code: expect.stringMatching(/^[\w-]{43}$/) }],
    ['Cancel', { error: 'access_denied' }],
  ])('keeps a press of %s that comes before its scripts, and answers once', async (answer, sent) => {
    const { promise: mayLoad, resolve: load } = Promise.withResolvers<void>()
    let held = 0
    await page.route('**/*.js', async (route) => {
      held++
      await mayLoad
      await route.continue()
    })
    await page.goto(editor.connectPath(), { waitUntil: 'commit' })
    const button = page.getByRole('button', { name: answer, exact: true })
    await button.click()
    await button.click()
    expect(editor.answers).toEqual([])
    expect(held).toBeGreaterThan(0)
    load()
    await page.getByText('Back in the editor').waitFor()
    expect(editor.answers.map((one) => Object.fromEntries(one))).toEqual([{ ...sent, state: editor.state }])
  })

  test('may be framed by nobody', async () => {
    const answer = await page.goto(editor.connectPath())
    expect(answer?.headers()).toMatchObject({
      'x-frame-options': 'DENY',
      'cache-control': expect.stringContaining('no-store'),
    })
    expect(answer?.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
  })
})

test('a web editor that the installation names gets the code beside the query that its callback has', async () => {
  const query = 'vscode-reqid=1&vscode-scheme=code-oss&vscode-authority=alto9.kube9-vscode&vscode-path=%2Fauth'
  await openConsent(page, editor.connectPath(`${webEditor.origin}/stable-abc/callback?${query}`))
  await page.getByText(webEditor.origin).waitFor()
  await connectButton(page).click()
  await page.getByText('Back in the editor').waitFor()
  expect(new URL(page.url()).search).toMatch(new RegExp(`^\\?${query}&code=[\\w-]{43}&state=${editor.state}$`))
})

test('an editor’s own link is opened by the click under the page’s policy, and once more by a button', async () => {
  const asked: string[] = []
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.enable')
  cdp.on('Page.frameRequestedNavigation', ({ url }) => void asked.push(url))
  const blocked: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) blocked.push(message.text())
  })
  await openConsent(page, editor.connectPath(SCHEME_ADDRESS))
  await page.getByText('Code - OSS on this computer').waitFor()
  await connectButton(page).click()
  await page.getByText('You can close this tab').waitFor()
  await page.getByRole('button', { name: 'Open the editor again' }).click()
  await expect.poll(() => asked.filter((url) => url.startsWith('code-oss:'))).toHaveLength(2)
  expect(asked[0]).toMatch(new RegExp(`^${SCHEME_ADDRESS}\\?code=[\\w-]{43}&state=${editor.state}$`))
  expect(blocked).toEqual([])
  const code = new URL(asked[0] ?? '').searchParams.get('code') ?? ''
  expect((await editor.redeem(visit.stack.apiOrigin, code, SCHEME_ADDRESS)).status).toBe(200)
})

test('a code to paste is shown with a warning until its minute is over, and a new one on request', async () => {
  await page.clock.install()
  await openConsent(page, editor.connectPath(PASTE))
  await page.getByText('Whoever asks you to send the code').waitFor()
  await connectButton(page).click()
  const shown = page.getByTestId('code')
  const first = (await shown.textContent()) ?? ''
  await page
    .getByRole('timer')
    .getByText(/Works for \d+ more seconds/)
    .waitFor()
  await page.getByRole('button', { name: 'New code' }).click()
  await page.waitForFunction((old) => document.querySelector('[data-testid="code"]')?.textContent !== old, first)
  const second = (await shown.textContent()) ?? ''
  expect([first, second]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)])
  await page.getByRole('button', { name: 'Copy code' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(second)
  expect((await editor.redeem(visit.stack.apiOrigin, second, PASTE)).status).toBe(200)
  await page.clock.fastForward(61_000)
  await page.getByText('This code works no more').waitFor()
  expect(await shown.count()).toBe(0)
})

test.each([
  'https://evil.example.com/callback',
  'https://editor.example.com.evil.example/callback',
  'https://editor.example.com@evil.example/callback',
  'http://localhost:4000/callback',
  'http://127.0.0.1:4000/elsewhere',
  'vscode://evil.extension/auth',
  'javascript:alert(1)//alto9.kube9-vscode/auth',
  '/home',
])('nobody is led to %s, neither signed in nor out', async (address) => {
  const stranger = await visit.open()
  for (const reader of [page, stranger]) {
    const requests: string[] = []
    reader.on('request', (request) => void requests.push(request.url()))
    await reader.goto(editor.connectPath(address))
    await reader.getByText('none of an editor known here').waitFor()
    expect(await reader.getByRole('main').textContent()).toMatch(/https:\/\/editor\.example\.com.*127\.0\.0\.1/)
    expect(await connectButton(reader).count()).toBe(0)
    expect(requests.filter((url) => !url.startsWith(visit.stack.portalUrl))).toEqual([])
    expect(new URL(reader.url()).pathname).toBe('/connect/vscode')
  }
  await stranger.context().close()
})

test('the settings list a connected editor without a reload, and disconnect it at once', async () => {
  await page.goto(`/${member.team}/settings`)
  const own = await visit.open({ storageState: member.storageState })
  const name = `Lively editor ${Date.now()}`
  await openConsent(own, editor.connectPath(undefined, name))
  await connectButton(own).click()
  await own.getByText('Back in the editor').waitFor()
  const { json } = await editor.redeem(visit.stack.apiOrigin, editor.answers[0]?.get('code') ?? '')
  await page.getByRole('listitem').filter({ hasText: name }).waitFor()
  await page.getByRole('button', { name: `Disconnect ${name}` }).click()
  const dialog = page.getByRole('dialog', { name: `Disconnect ${name}?` })
  await dialog.getByText('It is signed out at once').waitFor()
  await dialog.getByRole('button', { name: 'Disconnect editor' }).click()
  // Behind an open dialog nothing has a role any more.
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(name).waitFor({ state: 'detached' })
  const { refreshToken } = json
  const refused = await postJson(`${visit.stack.apiOrigin}/v1/extension/token`, {
    grantType: 'refresh_token',
    refreshToken,
  })
  expect([refused.status, refused.json.code]).toEqual([401, 'UNAUTHENTICATED'])
  await own.context().close()
})

test('the keyboard alone answers, and hears what came of it', async () => {
  await openConsent(page, editor.connectPath(PASTE))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const names: string[] = []
  while (!names.includes('Connect') && names.length < 12) {
    await page.keyboard.press('Tab')
    names.push(await page.evaluate(() => document.activeElement?.textContent ?? ''))
  }
  expect(names).toEqual(['Use another account', 'Cancel', 'Connect'])
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Paste this code'))
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy code')
})

describe.each([
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'dark', width: 1280 },
] as const)('in $colorScheme at $width px', ({ colorScheme, width }) => {
  test('no state of the page breaks a rule of WCAG 2.2 AA, or scrolls sideways', async () => {
    const view = { colorScheme, viewport: { width, height: 900 }, storageState: member.storageState }
    // Headless Chromium hears no input any more in a tab that was asked to open an editor's link.
    const [reader, handing] = [await visit.open(view), await visit.open(view)]
    const faults: string[] = []
    const look = async (state: string, at = reader) => {
      const overflow = await at.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) faults.push(`${state}: ${overflow} px too wide`)
      faults.push(...(await violationsOf(at)).map((violation) => `${state}: ${violation}`))
    }
    const longName = 'An editor with a name as long as it may be, which is 64 letters.'
    await openConsent(handing, editor.connectPath(SCHEME_ADDRESS, longName))
    await look('asking', handing)
    await connectButton(handing).click()
    await handing.getByText('You can close this tab').waitFor()
    await look('handed over', handing)
    await openConsent(reader, editor.connectPath(PASTE))
    await connectButton(reader).click()
    await reader.getByTestId('code').waitFor()
    await look('code')
    await reader.goto(editor.connectPath('https://evil.example.com/'))
    await reader.getByText('none of an editor known here').waitFor()
    await look('refused')
    await reader.goto(`/${member.team}/settings`)
    await reader
      .getByRole('button', { name: /^Disconnect/ })
      .first()
      .click()
    await reader.getByRole('dialog').waitFor()
    await look('disconnecting')
    expect(faults).toEqual([])
    await Promise.all([reader, handing].map((each) => each.context().close()))
  })
})

async function signIn(on: Page, { visitor }: Member): Promise<void> {
  await on.waitForURL(/\/sign-in\?/)
  await on.getByLabel('E-mail address').fill(visitor.email)
  await on.getByLabel('Password').fill(visitor.password)
  await on.getByRole('button', { name: 'Sign in', exact: true }).click()
}
