import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { mailboxEntrySchema, mailboxMailSchema, verifiedEmailSchema } from '#contract/account-api.ts'
import { createdApiKeySchema, teamSummarySchema } from '#contract/portal-api.ts'
import { PortalBrowser } from './portal-browser.ts'

export interface DemoAccount {
  email: string
  password: string
  /** The address of its dashboard. */
  dashboardUrl: string
  /** A key for the demo's cluster. */
  key: string
}

const EMAIL = 'demo@kube9.example'
const MAIL_TIMEOUT_MS = 30_000

/** Signs up as a person would, over the portal's own procedures: mail, verification, team and key are the real ones. */
export async function seedAccount(portalUrl: string): Promise<DemoAccount> {
  const password = `demo ${randomBytes(6).toString('hex')}`
  const browser = new PortalBrowser(portalUrl)
  await browser.mutate('account.signUp', { email: EMAIL, password })
  const token = await mailedToken(browser)
  verifiedEmailSchema.parse((await browser.mutate('account.verifyEmail', { token })).data)
  const [team] = z.array(teamSummarySchema).parse((await browser.query('team.list')).data)
  if (!team) throw new Error('The demo account has no team.')
  const created = await browser.mutate('apiKeys.create', { teamId: team.id, name: 'Demo cluster' })
  const { key } = createdApiKeySchema.parse(created.data)
  return { email: EMAIL, password, dashboardUrl: `${portalUrl}/${team.slug}/clusters`, key }
}

async function mailedToken(browser: PortalBrowser): Promise<string> {
  const deadline = Date.now() + MAIL_TIMEOUT_MS
  for (;;) {
    const [entry] = z.array(mailboxEntrySchema).parse((await browser.query('mailbox.list')).data)
    if (entry) {
      const mail = mailboxMailSchema.parse((await browser.query('mailbox.get', { id: entry.id })).data)
      const token = /[?&]token=([\w-]+)/.exec(JSON.stringify(mail))?.[1]
      if (token !== undefined) return token
    }
    if (Date.now() > deadline) throw new Error('The mail to the demo account did not arrive within 30 s.')
    await delay(100)
  }
}
