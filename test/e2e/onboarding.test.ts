import { afterAll, beforeAll, expect, test } from 'vitest'
import { nameKey, newVisitor, signUp, waitForClusterState, waitForConnection } from '../journey/visitor.ts'
import { ApiOperator } from './api-operator.ts'
import { startPortalVisit } from './portal-visit.ts'
import type { PortalVisit } from './portal-visit.ts'

/** Far below the 30 s in which a page that hears of nothing looks by itself. */
const LIVE_MS = 15_000

let visit: PortalVisit

beforeAll(async () => {
  visit = await startPortalVisit()
})
afterAll(() => visit?.stop())

test('the waiting page turns green by itself, and the cluster’s page follows its cluster', async () => {
  const page = await visit.open()
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  const key = await nameKey(page, 'live')
  await page.evaluate(() => Object.assign(window, { untouched: true }))
  const operator = await ApiOperator.register(visit.stack.apiOrigin, key)
  await waitForConnection(page, 'registered', LIVE_MS)
  expect(await operator.beat()).toBe(200)
  await waitForConnection(page, 'connected', LIVE_MS)
  expect(await page.evaluate(() => 'untouched' in window), 'no reload').toBe(true)
  await page.getByRole('link', { name: 'Open the cluster' }).click()
  await waitForClusterState(page, 'healthy')
  expect(await operator.beat('degraded')).toBe(200)
  await waitForClusterState(page, 'degraded', LIVE_MS)
  expect(await page.locator('[data-condition="ClusterHealthy"]').textContent()).toContain(
    'At least one node is not ready.',
  )
})

test('a key lives in the page alone: no address, no storage, no cookie holds it, and a reload forgets it', async () => {
  const page = await visit.open()
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  const key = await nameKey(page, 'secret')
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), history.state]),
  )
  const cookies = JSON.stringify(await page.context().cookies())
  expect([...urls, page.url(), kept, cookies].filter((text) => text.includes(key))).toEqual([])
  await page.reload()
  await page.getByText('cannot be shown again').waitFor()
  expect(await page.content()).not.toContain(key)
})

test('Back leads to naming a key, and Forward to the key that was made', async () => {
  const page = await visit.open()
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  await nameKey(page, 'history')
  await page.goBack()
  await page.getByLabel('Name of the key').waitFor()
  await page.goForward()
  expect(await page.getByTestId('onboarding-state').getAttribute('data-state')).toBe('waiting')
})

test('an attempt that is refused shows with its reason', async () => {
  const page = await visit.open()
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  const key = await nameKey(page, 'turned away')
  const waiting = page.url()
  await page.goto(waiting.replace(/onboarding.*/, 'api-keys'))
  await page.getByRole('button', { name: 'Revoke turned away' }).click()
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goto(waiting)
  await expect(ApiOperator.register(visit.stack.apiOrigin, key)).rejects.toThrow(/Invalid input|INVALID/)
  await waitForConnection(page, 'refused', LIVE_MS)
  await page.getByRole('heading', { name: 'Refused', exact: true }).waitFor()
  await page.getByText('INVALID_API_KEY').waitFor()
})

test('tabs of one browser share one stream, and the next one takes it over', async () => {
  const first = await visit.open()
  await signUp(first, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  const key = await nameKey(first, 'shared')
  const streams: string[] = []
  first.context().on('request', (request) => {
    if (request.url().includes('/api/events')) streams.push(request.url())
  })
  const second = await first.context().newPage()
  await second.goto(first.url())
  const operator = await ApiOperator.register(visit.stack.apiOrigin, key)
  await Promise.all([first, second].map((page) => waitForConnection(page, 'registered', LIVE_MS)))
  expect(streams).toEqual([])
  await first.close()
  await operator.beat()
  await waitForConnection(second, 'connected', LIVE_MS)
  expect(streams).toHaveLength(1)
})

test('without the stream of notices the page asks by itself', async () => {
  const page = await visit.open()
  await page.route('**/api/events**', (route) => route.abort())
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  const key = await nameKey(page, 'polled')
  const operator = await ApiOperator.register(visit.stack.apiOrigin, key)
  await operator.beat()
  await waitForConnection(page, 'connected')
  expect(await page.getByTestId('onboarding-state').textContent()).toMatch(/is connected/)
})

test('a stream of notices that was refused is opened anew', async () => {
  const page = await visit.open()
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  await nameKey(page, 'refused')
  const statuses: number[] = []
  page.on('response', (response) => {
    if (response.url().includes('/api/events')) statuses.push(response.status())
  })
  await page.route('**/api/events**', (route) => route.fulfill({ status: 503 }), { times: 2 })
  await page.reload()
  await expect.poll(() => statuses, { timeout: 30_000 }).toEqual([503, 503, 200])
})

test('names that are typed change the command at once; what is no name does not', async () => {
  const page = await visit.open()
  await signUp(page, visit.stack.portalUrl, newVisitor(), visit.stack.mail)
  await nameKey(page, 'names')
  const command = page.getByRole('tabpanel').getByTestId('command')
  await page.getByLabel('Namespace').fill('tools')
  expect(await command.textContent()).toContain('--namespace tools')
  await page.getByLabel('Namespace').fill('tools; rm -rf /')
  expect(await command.textContent()).not.toContain('rm -rf')
  await page.getByText('The command keeps the last name that fits').waitFor()
})
