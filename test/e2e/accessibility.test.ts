import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOf } from './axe.ts'
import { becomeMember, startPortalVisit } from './portal-visit.ts'
import type { Member, PortalVisit } from './portal-visit.ts'
import { memberRoutes, publicRoutes } from './routes.ts'

const views = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'dark', width: 1280 },
] as const

let visit: PortalVisit
let member: Member
let routes: { path: string; signedIn: boolean }[]

beforeAll(async () => {
  visit = await startPortalVisit()
  member = await becomeMember(visit)
  const clusterRowId = await findClusterRow(visit, member)
  routes = [
    ...publicRoutes.map((path) => ({ path, signedIn: false })),
    ...memberRoutes(member, clusterRowId).map((path) => ({ path, signedIn: true })),
  ]
})
afterAll(() => visit?.stop())

describe.each(views)('in $colorScheme at $width px', ({ colorScheme, width }) => {
  test('no route breaks a rule of WCAG 2.2 AA, or scrolls sideways', { timeout: 240_000 }, async () => {
    const options = { colorScheme, viewport: { width, height: 900 } }
    const pages = {
      signedIn: await visit.open({ ...options, storageState: member.storageState }),
      signedOut: await visit.open(options),
    }
    const faults: string[] = []
    for (const { path, signedIn } of routes) {
      faults.push(...(await faultsOf(signedIn ? pages.signedIn : pages.signedOut, path)))
    }
    expect(faults).toEqual([])
    await Promise.all(Object.values(pages).map((page) => page.context().close()))
  })
})

test('the dialogs that ask and the key that is shown once break no rule either', async () => {
  const page = await visit.open({ storageState: member.storageState })
  await page.goto(`/${member.team}/api-keys`)
  await page.getByRole('button', { name: 'Revoke production' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByLabel('Name of the key').fill('second')
  await page.getByLabel('Name of the key').press('Enter')
  await page.getByRole('dialog', { name: 'Key second' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.context().close()
})

async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  await page.locator('#main').waitFor()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const sideways = overflow > 0 ? [`${path}: ${overflow} px too wide`] : []
  return [...(await violationsOf(page)).map((violation) => `${path}: ${violation}`), ...sideways]
}

async function findClusterRow(from: PortalVisit, { team, storageState }: Member): Promise<string> {
  const page = await from.open({ storageState })
  await page.goto(`/${team}/clusters`)
  const href = await page.getByRole('table').getByRole('link').first().getAttribute('href')
  await page.context().close()
  return href?.split('/').at(-1) ?? ''
}
