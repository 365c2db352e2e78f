import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitUntilAlive } from './alive.ts'
import { becomeMember, startPortalVisit } from './portal-visit.ts'
import type { Member, PortalVisit } from './portal-visit.ts'

let visit: PortalVisit
let member: Member

beforeAll(async () => {
  visit = await startPortalVisit()
  member = await becomeMember(visit)
})
afterAll(() => visit?.stop())

test('the first stop of every page skips to its content', async () => {
  const page = await visit.open()
  for (const path of ['/', '/sign-in', '/docs']) {
    await page.goto(path)
    await page.keyboard.press('Tab')
    expect(await nameOfFocus(page)).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => location.hash === '#main')
  }
})

test('a dialog takes the focus, keeps it, and gives it back when Esc closes it', async () => {
  const page = await visit.open({ storageState: member.storageState })
  await page.goto(`/${member.team}/api-keys`)
  await page.getByRole('button', { name: 'Revoke production' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  for (let stop = 0; stop < 6; stop++) {
    await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await nameOfFocus(page)).toBe('Revoke production')
})

test('Esc does not lose a key that was not copied', async () => {
  const page = await visit.open({ storageState: member.storageState })
  await page.goto(`/${member.team}/api-keys`)
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByLabel('Name of the key').fill('escaping')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Key escaping' })
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('The key was not copied').waitFor()
  await page.getByRole('button', { name: 'Keep it open' }).press('Enter')
  await page.getByRole('button', { name: 'Copy key' }).press('Enter')
  await dialog.locator('output', { hasText: 'Copied' }).waitFor({ state: 'attached' })
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('arrows walk over the tabs, and only Enter opens one', async () => {
  const page = await visit.open({ storageState: member.storageState })
  await page.goto(`/${member.team}/onboarding?key=${member.keyId}`)
  const helm = page.getByRole('tab', { name: 'Helm', exact: true })
  await waitUntilAlive(page, '[role="tab"]')
  await helm.focus()
  await page.keyboard.press('ArrowRight')
  expect(await nameOfFocus(page)).toBe('Helm, short')
  expect(await helm.getAttribute('aria-selected')).toBe('true')
  await page.keyboard.press('Enter')
  await page.waitForURL(/way=quick/)
  await page.getByRole('tabpanel').getByText('shell’s history').waitFor()
  await page.reload()
  await page.getByRole('tab', { name: 'Helm, short', selected: true }).waitFor()
})

test('a refused form leads to the field at fault and keeps what was typed', async () => {
  const page = await visit.open()
  await page.goto('/sign-up')
  await page.getByLabel('E-mail address').fill('grace@example.com')
  await page.getByLabel('Password').fill('short')
  await page.keyboard.press('Enter')
  const password = page.getByLabel('Password')
  await page.locator('#password[aria-invalid="true"]').waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'password')
  const describedBy = (await password.getAttribute('aria-describedby')) ?? ''
  expect(await page.locator(`#${describedBy.split(' ').at(-1)}`).textContent()).toMatch(/at least 12 characters/)
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('grace@example.com')
  expect(page.url()).not.toMatch(/short|grace/)
})

function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim()
  })
}
