import { expect } from 'vitest'
import type { Page } from 'playwright'
import type { MailCatcher } from '../stack/mail-catcher.ts'

export type Visitor = { email: string; password: string }

/** Somebody new, whose password is long enough and can be searched for. */
export function newVisitor(): Visitor {
  const unique = crypto.randomUUID()
  return { email: `ada-${unique}@example.com`, password: `planted password ${unique}` }
}

/** Signs up, follows the mailed link and presses its button. Ends signed in, on the page that connects a cluster. */
export async function signUp(page: Page, portalUrl: string, visitor: Visitor, mail: MailCatcher): Promise<void> {
  await page.goto(`${portalUrl}/sign-up`)
  await fillSignUp(page, visitor)
  await page.goto(await mail.linkTo(visitor.email, verificationLink))
  await page.getByRole('button', { name: 'Verify e-mail address' }).click()
  await page.waitForURL(/\/[^/]+\/onboarding/)
}

/** Fills in the form on the page to sign up, and sends it. */
export async function fillSignUp(page: Page, visitor: Visitor): Promise<void> {
  await page.getByLabel('E-mail address').fill(visitor.email)
  await page.getByLabel('Password').fill(visitor.password)
  await page.getByRole('button', { name: 'Sign up', exact: true }).click()
  await page.waitForURL('**/check-your-mail')
}

/** What a mail says to press. */
export const verificationLink = /http\S+\/verify\?\S+/

/** Names a key and copies it, as the button does. Gives the whole key. */
export async function nameKey(page: Page, name: string): Promise<string> {
  await page.getByLabel('Name of the key').fill(name)
  await page.getByRole('button', { name: 'Create key' }).click()
  return copy(page, 'Copy key')
}

/** The install command as it lands in the clipboard. */
export async function copyInstallCommand(page: Page): Promise<string> {
  return copy(page, /^Copy .*install/i)
}

/** Presses a copy button and reads the clipboard. */
export async function copy(page: Page, name: string | RegExp): Promise<string> {
  await page.getByRole('button', { name }).first().click()
  return readClipboard(page)
}

async function readClipboard(page: Page): Promise<string> {
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).not.toBe('')
  return text
}

/** Waits until the page that waits for a cluster says so itself, without a reload. */
export async function waitForConnection(
  page: Page,
  state: 'refused' | 'registered' | 'connected',
  timeoutMs = 90_000,
): Promise<void> {
  await page.locator(`[data-testid="onboarding-state"][data-state="${state}"]`).waitFor({ timeout: timeoutMs })
}

/** Waits until a cluster's page shows a state. */
export async function waitForClusterState(page: Page, state: string, timeoutMs = 90_000): Promise<void> {
  await page.locator(`[data-testid="cluster-state"][data-state="${state}"]`).waitFor({ timeout: timeoutMs })
}

/** The team's part of the address that the browser stands on. */
export function teamOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[1] ?? ''
}
