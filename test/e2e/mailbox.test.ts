import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { freePort } from '#scripts/postgres/free-port.ts'
import { newVisitor } from '../journey/visitor.ts'
import { startPortalVisit } from './portal-visit.ts'

test(
  'on a local installation mail lands on a page, and its link goes on from there',
  { timeout: 120_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kube9-mailbox-'))
    const smtpPort = await freePort()
    const local = {
      KUBE9_PROFILE: 'local',
      MAILBOX_DIR: folder,
      MAILBOX_SMTP_PORT: String(smtpPort),
      SMTP_URL: '',
      MAIL_FROM: '',
    }
    const visit = await startPortalVisit({ env: local })
    try {
      const page = await visit.open({ viewport: { width: 320, height: 900 } })
      const visitor = newVisitor()
      await page.goto('/sign-up')
      await page.getByLabel('E-mail address').fill(visitor.email)
      await page.getByLabel('Password').fill(visitor.password)
      await page.getByRole('button', { name: 'Sign up', exact: true }).click()
      await page.getByRole('link', { name: 'Open the mailbox' }).click()
      const link = page.locator('a[href*="/verify?token="]')
      await link.waitFor()
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
      await link.click()
      await page.getByRole('button', { name: 'Verify e-mail address' }).click()
      await page.waitForURL(/\/onboarding/)
    } finally {
      await visit.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

test('a hosted installation has no such page', async () => {
  const visit = await startPortalVisit()
  const page = await visit.open()
  const answer = await page.goto('/mailbox')
  expect(answer?.status()).toBe(404)
  await visit.stop()
})
