import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { toRow } from '#scripts/bench/row.ts'
import type { Row } from '#scripts/bench/row.ts'
import { ensureChromium } from '#scripts/parts/chromium.ts'
import { listRoutes } from './portal-weight/list-routes.ts'
import { startPortal } from './portal-weight/start-portal.ts'
import type { MeasuredPortal } from './portal-weight/start-portal.ts'

const BAR_KB = 150
/** What a page of server components with an error boundary weighs in this version of Next. */
const FLOOR_KB = 133

/** The scripts of each route's first load, in kB of gzip, as a browser with an empty cache fetches them. */
export async function measure(): Promise<Row[]> {
  const portal = await startPortal()
  const { executablePath, args } = await ensureChromium()
  const browser = await chromium.launch({ executablePath, args })
  try {
    const rows: Row[] = []
    const routes = listRoutes({
      '[team]': portal.team,
      '[clusterId]': await findClusterPage(browser, portal),
      '[chart]': 'kube9-operator',
      '[[...slug]]': '',
    })
    for (const route of routes) {
      const value = await weighScripts(browser, portal, route)
      rows.push(toRow({ promise: route, value, unit: 'kB gzip', reference: FLOOR_KB, bar: BAR_KB }))
    }
    return rows.sort((one, other) => other.value - one.value)
  } finally {
    await browser.close()
    await portal.stop()
  }
}

// Pages outside a team are for people who are not signed in: others are led away from them.
async function openContext(browser: Browser, portal: MeasuredPortal, route: string) {
  const context = await browser.newContext()
  const isTeams = route === '/home' || route.startsWith(`/${portal.team}`)
  if (isTeams) await context.addCookies(portal.cookies.map((cookie) => ({ ...cookie, url: portal.url })))
  return context
}

async function findClusterPage(browser: Browser, portal: MeasuredPortal): Promise<string> {
  const list = `/${portal.team}/clusters`
  const context = await openContext(browser, portal, list)
  const page = await context.newPage()
  await page.goto(`${portal.url}${list}`)
  const link = page.locator(`a[href^="${list}/"]`).first()
  const address = (await link.getAttribute('href')) ?? ''
  await context.close()
  return address.split('/').at(-1) ?? ''
}

async function weighScripts(browser: Browser, portal: MeasuredPortal, route: string): Promise<number> {
  const context = await openContext(browser, portal, route)
  const page = await context.newPage()
  const weights: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    weights.push(response.body().then((body) => gzipSync(body).length))
  })
  const answer = await page.goto(`${portal.url}${route}`, { waitUntil: 'load' })
  if (!answer?.ok()) throw new Error(`${route} answered ${answer?.status() ?? 'nothing'}`)
  const bytes = (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0)
  await context.close()
  return bytes / 1000
}
