import { afterAll, beforeAll, expect, test } from 'vitest'
import { becomeMember, startPortalVisit } from './portal-visit.ts'
import type { Member, PortalVisit } from './portal-visit.ts'

let visit: PortalVisit
let member: Member

beforeAll(async () => {
  visit = await startPortalVisit()
  member = await becomeMember(visit)
})
afterAll(() => visit?.stop())

test('a page behind the sign-in comes back after it', async () => {
  const page = await visit.open()
  await page.goto(`/${member.team}/billing`)
  await page.waitForURL(/\/sign-in\?/)
  await page.getByText('Sign in again to go on').waitFor()
  await page.getByLabel('E-mail address').fill(member.visitor.email)
  await page.getByLabel('Password').fill(member.visitor.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`**/${member.team}/billing`)
  expect(await page.getByText('Payments are not configured here').textContent()).toContain('cannot be bought')
})

test('a wrong password says what to do, and nothing of whether the address is known', async () => {
  const page = await visit.open()
  const words: (string | null)[] = []
  for (const email of [member.visitor.email, 'nobody@example.com']) {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    words.push(await page.getByRole('main').getByRole('alert').textContent())
  }
  expect(words[0]).toMatch(/password/)
  expect(words[0]?.replace(/Request id.*/, '')).toBe(words[1]?.replace(/Request id.*/, ''))
})

test('a mailed link signs in by its button, not by being opened', async () => {
  const page = await visit.open()
  await page.goto('/sign-in?way=mail')
  await page.getByLabel('E-mail address').fill(member.visitor.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.waitForURL(/\/check-your-mail/)
  const link = await visit.stack.mail.linkTo(member.visitor.email, /http\S+\/sign-in\/link\?\S+/)
  await fetch(link)
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/clusters$/)
  expect(page.url()).toContain(`/${member.team}/`)
})

test('a forgotten password is replaced by mail, and every session ends with it', async () => {
  const before = await visit.open({ storageState: member.storageState })
  const page = await visit.open()
  await page.goto('/forgot')
  await page.getByLabel('E-mail address').fill(member.visitor.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.waitForURL(/\/check-your-mail/)
  await page.goto(await visit.stack.mail.linkTo(member.visitor.email, /http\S+\/reset\?\S+/))
  await page.getByLabel('New password').fill(`another ${member.visitor.password}`)
  await page.getByRole('button', { name: 'Set password' }).click()
  await page.getByText('The new password is set').waitFor()
  await before.goto(`/${member.team}/clusters`)
  expect(new URL(before.url()).pathname).toBe('/sign-in')
})

test('what belongs to another team is not there', async () => {
  const stranger = await becomeMember(visit)
  const page = await visit.open({ storageState: stranger.storageState })
  const answer = await page.goto(`/${member.team}/clusters`)
  expect(answer?.status()).toBe(404)
  await page.getByText('There is nothing at this address').waitFor()
})

test('signing out everywhere ends this browser’s session too', async () => {
  const someone = await becomeMember(visit)
  const page = await visit.open({ storageState: someone.storageState })
  await page.goto(`/${someone.team}/settings`)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await page.waitForURL(/\/sign-in\?done=signed-out/)
  await page.goto(`/${someone.team}/settings`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})
