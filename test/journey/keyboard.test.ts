import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { install } from './connect.ts'
import { startHouse } from './house.ts'
import type { House } from './house.ts'
import { newVisitor, verificationLink, waitForConnection } from './visitor.ts'
import { waitFor } from '../stack/wait-for.ts'

const MOST_STOPS = 60

let house: House

beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house?.stop())

test('from the start page to a green cluster by keyboard alone', async () => {
  const { page } = house.visit
  const visitor = newVisitor()
  await page.goto(house.stack.portalUrl)
  await press(page, 'link', /^(Start|Sign up|Connect|Try)/)
  await page.waitForURL('**/sign-up')
  await type(page, 'E-mail address', visitor.email)
  await type(page, 'Password', visitor.password)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/check-your-mail')
  await page.goto(await house.stack.mail.linkTo(visitor.email, verificationLink))
  await press(page, 'button', /^Verify e-mail address/)
  await page.waitForURL(/\/onboarding/)
  await type(page, 'Name of the key', 'by keyboard')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copy key' }).waitFor()
  await press(page, 'button', /^Copy key/)
  const key = await readClipboardWhen(page, (text) => text.startsWith('kdy_'))
  await press(page, 'button', /^Copy install command/)
  const command = await readClipboardWhen(page, (text) => text.includes('helm install'))
  await install(house, command, key)
  await waitForConnection(page, 'connected')
  await press(page, 'link', /^Open the cluster/)
  await page.waitForURL(/\/clusters\/[0-9a-f-]+$/)
  expect(house.visit.faults).toEqual([])
})

/** Goes to a field by Tab and types. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await walkTo(page, (focus) => focus.role === 'textbox' && focus.name.startsWith(label), label)
  await page.keyboard.type(text)
}

/** Goes to a link or a button by Tab and presses Enter. What has the focus must be seen to have it. */
async function press(page: Page, role: 'link' | 'button', name: RegExp): Promise<void> {
  await walkTo(page, (focus) => focus.role === role && name.test(focus.name), String(name))
  expect(await hasVisibleFocus(page), `the focus on ${String(name)} can be seen`).toBe(true)
  await page.keyboard.press('Enter')
}

type Focus = { role: string; name: string }

async function walkTo(page: Page, arrived: (focus: Focus) => boolean, what: string): Promise<void> {
  const passed: string[] = []
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const focus = await focused(page)
    if (arrived(focus)) return
    passed.push(focus.name)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${what}. It passed: ${passed.join(' | ')}`)
}

function focused(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
    const roles: Record<string, string> = { A: 'link', BUTTON: 'button', INPUT: 'textbox' }
    return {
      role: element?.getAttribute('role') ?? roles[element?.tagName ?? ''] ?? '',
      name: (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim(),
    }
  })
}

function hasVisibleFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || !element.matches(':focus-visible')) return false
    const style = getComputedStyle(element)
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
  })
}

/** What the last copy put there, once it has: copying takes a moment, and says nothing to a program. */
function readClipboardWhen(page: Page, holds: (text: string) => boolean): Promise<string> {
  return waitFor('the copied text', async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText())
    return holds(text) && text
  })
}
