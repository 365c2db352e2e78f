import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPortalVisit } from './portal-visit.ts'
import type { PortalVisit } from './portal-visit.ts'

let visit: PortalVisit

beforeAll(async () => {
  visit = await startPortalVisit()
})
afterAll(() => visit?.stop())

test('a chosen theme is in the first bytes of the next page, so that nothing flashes', async () => {
  const page = await visit.open({ colorScheme: 'light' })
  await page.goto('/')
  await page.getByRole('button', { name: 'Dark' }).click()
  await page.locator('html[data-theme="dark"]').waitFor()
  const answer = await page.goto('/docs')
  expect(await answer?.text()).toMatch(/<html[^>]+data-theme="dark"/)
  await page.getByRole('button', { name: 'Follow the system' }).click()
  await page.locator('html:not([data-theme])').waitFor()
})

test('it can be chosen without any script', async () => {
  const page = await visit.open({ javaScriptEnabled: false })
  await page.goto('/support')
  await page.getByRole('button', { name: 'Dark' }).click()
  await page.locator('html[data-theme="dark"]').waitFor()
  expect(page.url()).toMatch(/\/support$/)
})
