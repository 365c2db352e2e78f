import { chromium } from 'playwright'
import type { Page } from 'playwright'
import { ensureChromium } from '#scripts/parts/chromium.ts'

/** A person's browser with one tab, and what went wrong in it. */
export type Visit = {
  page: Page
  /** Every address that the browser asked for. */
  urls: string[]
  /** Errors of the console: a blocked script, an exception. */
  faults: string[]
  close(): Promise<void>
}

/** Opens a real Chromium that may use the clipboard, as a click on a copy button does. */
export async function openBrowser(portalUrl: string): Promise<Visit> {
  const { executablePath, args } = await ensureChromium()
  const browser = await chromium.launch({ executablePath, args })
  const context = await browser.newContext()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: portalUrl })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const urls: string[] = []
  const faults: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, urls, faults, close: () => browser.close() }
}
