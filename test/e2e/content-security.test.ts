import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitUntilAlive } from './alive.ts'
import { becomeMember, startPortalVisit } from './portal-visit.ts'
import type { Member, PortalVisit } from './portal-visit.ts'
import { memberRoutes, publicRoutes } from './routes.ts'

let visit: PortalVisit
let member: Member

beforeAll(async () => {
  visit = await startPortalVisit()
  member = await becomeMember(visit)
})
afterAll(() => visit?.stop())

test(
  'on no page is a script or a style blocked, and every inline script carries the nonce of its answer',
  { timeout: 180_000 },
  async () => {
    const signedIn = await visit.open({ storageState: member.storageState })
    const signedOut = await visit.open()
    const blocked = [...watch(signedIn), ...watch(signedOut)]
    for (const path of publicRoutes) await check(signedOut, path)
    for (const path of memberRoutes(member, 'nothing-here')) await check(signedIn, path)
    expect(blocked.flatMap((list) => list)).toEqual([])
  },
)

test('a nonce is never given twice, and one that a client sends is not taken', async () => {
  const ask = async () => {
    const answer = await fetch(visit.stack.portalUrl, {
      headers: { 'x-nonce': 'planted', 'content-security-policy': 'planted' },
    })
    return { policy: answer.headers.get('content-security-policy') ?? '', html: await answer.text() }
  }
  const [one, other] = [await ask(), await ask()]
  expect(one.policy).toMatch(/script-src[^;]*'nonce-/)
  expect(one.policy).not.toBe(other.policy)
  expect(one.policy + one.html).not.toContain('planted')
})

/** Lists that fill with what the browser refuses to run on this page. */
function watch(page: Page): string[][] {
  const blocked: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) blocked.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => blocked.push(`${page.url()}: ${error.message}`))
  return [blocked]
}

/** The page is alive: its scripts ran, which a blocked page does not show on a picture. */
async function check(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path)
  const nonce = /'nonce-([^']+)'/.exec(answer?.headers()['content-security-policy'] ?? '')?.[1]
  expect({ path, nonce }).toEqual({ path, nonce: expect.any(String) })
  // Chunks that a trusted script loads later need none: 'strict-dynamic' trusts them through it.
  const foreign = await page.evaluate(
    (expected) =>
      [...document.scripts].filter(({ nonce: own, src }) => own !== expected && !src).map(({ text }) => text),
    nonce,
  )
  expect({ path, foreign }).toEqual({ path, foreign: [] })
  await waitUntilAlive(page, '#main')
}
