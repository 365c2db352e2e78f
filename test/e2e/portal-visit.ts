import { chromium } from 'playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { nameKey, newVisitor, signUp, teamOf } from '../journey/visitor.ts'
import type { Visitor } from '../journey/visitor.ts'
import { startStack } from '../stack/start-stack.ts'
import type { Stack, StackOptions } from '../stack/start-stack.ts'
import { ApiOperator } from './api-operator.ts'

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>

/** Somebody signed in, with a team that has a key and a healthy cluster. */
export type Member = {
  visitor: Visitor
  team: string
  key: string
  keyId: string
  operator: ApiOperator
  storageState: StorageState
}

export type PortalVisit = {
  stack: Stack
  browser: Browser
  /** A browser of its own: a fresh context with a page that may use the clipboard. */
  open: (options?: BrowserContextOptions) => Promise<Page>
  stop: () => Promise<void>
}

/** The product, and a real Chromium to look at it with. */
export async function startPortalVisit(options: StackOptions = {}): Promise<PortalVisit> {
  const stack = await startStack(options)
  const { executablePath, args } = await ensureChromium()
  const browser = await chromium.launch({ executablePath, args })
  return {
    stack,
    browser,
    open: async (contextOptions) => {
      const context = await browser.newContext({ baseURL: stack.portalUrl, reducedMotion: 'reduce', ...contextOptions })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: stack.portalUrl })
      return context.newPage()
    },
    stop: async () => {
      await browser.close()
      await stack.stop()
    },
  }
}

/** Signs somebody up and connects a cluster, whose operator is this test. */
export async function becomeMember(visit: PortalVisit): Promise<Member> {
  const page = await visit.open()
  const visitor = newVisitor()
  await signUp(page, visit.stack.portalUrl, visitor, visit.stack.mail)
  const key = await nameKey(page, 'production')
  const operator = await ApiOperator.register(visit.stack.apiOrigin, key)
  await operator.beat()
  const member = {
    visitor,
    key,
    operator,
    team: teamOf(page),
    keyId: new URL(page.url()).searchParams.get('key') ?? '',
    storageState: await page.context().storageState(),
  }
  await page.context().close()
  return member
}
