import type { Request } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeApiKey } from '#server/domain/api-keys/index.ts'
import { endEditor, listEditors } from '#server/domain/editors/index.ts'
import { EditorTab, startProUi } from './pro-ui/pro-ui-visit.ts'
import type { ProUi } from './pro-ui/pro-ui-visit.ts'

let proUi: ProUi
beforeAll(async () => {
  proUi = await startProUi()
})
afterAll(() => proUi?.stop())

const kinds = (tab: EditorTab) => tab.heard.map(({ type }) => type)

describe('the Pro page in an editor', () => {
  test('comes from hello to a live cluster with real names, and keeps its token to itself', async () => {
    const tab = await EditorTab.open(proUi)
    const tokens: string[] = []
    tab.page.on('response', async (response) => {
      if (!response.url().endsWith('/webview-token')) return
      tokens.push(((await response.json()) as { accessToken: string }).accessToken)
    })
    const { frame } = tab
    await frame.getByRole('heading', { name: 'production' }).waitFor()
    await frame.getByText('Live', { exact: true }).waitFor()
    expect(await frame.getByTestId('cluster-state').getAttribute('data-state')).toBe('degraded')
    await frame.getByText('1 node is not ready.').waitFor()
    await tab.show('Workloads')
    await frame.getByRole('cell', { name: 'checkout', exact: true }).waitFor()
    const secrets = [...tokens, ...tab.codes]
    const places = await frame.evaluate(() => [
      document.documentElement.outerHTML,
      location.href,
      String(localStorage.length + sessionStorage.length),
      document.cookie,
    ])
    for (const secret of secrets) expect(places.join(' ')).not.toContain(secret)
    expect(places.slice(1)).toEqual([tab.address, '0', ''])
    expect(kinds(tab)).toEqual(['hello', 'names-wanted'])
    expect(tab.complaints).toEqual([])
    await tab.close()
  })

  test('sends no real name to the server, whatever is searched for and filtered', async () => {
    const tab = await EditorTab.open(proUi)
    const requests: Request[] = []
    tab.page.on('request', (request) => requests.push(request))
    const { frame } = tab
    for (const section of ['Nodes', 'Workloads', 'Configuration', 'Conditions', 'Events']) await tab.show(section)
    await tab.show('Workloads')
    await frame.getByLabel('Search workloads').fill('fraud')
    await frame.getByText('1 of 12 workloads').waitFor()
    await frame.getByLabel('Search workloads').fill('')
    await frame.getByLabel('Namespace').selectOption({ label: 'shop (6)' })
    await frame.getByText('6 of 12 workloads').waitFor()
    await proUi.sample.cluster.beat({ health: 'degraded' })
    await expect.poll(() => requests.filter((request) => request.url().includes('reports.')).length).toBeGreaterThan(5)
    const sent = requests.map((request) => `${request.url()} ${request.postData() ?? ''}`).join('\n')
    const names = Object.values(proUi.sample.names).map(({ name }) => name)
    expect(names.filter((name) => name.length > 4 && sent.includes(name))).toEqual([])
    await tab.close()
  })

  test('finds by name and by pseudonym, and leaves without a name what has none', async () => {
    const tab = await EditorTab.open(proUi)
    const { frame } = tab
    await tab.show('Workloads')
    const [pseudonym = ''] = Object.entries(proUi.sample.names).find(([, { name }]) => name === 'ledger') ?? []
    for (const search of ['LEDG', pseudonym.slice(0, 20)]) {
      await frame.getByLabel('Search workloads').fill(search)
      await frame.getByText('1 of 12 workloads').waitFor()
      expect(await frame.getByRole('cell', { name: 'ledger' }).count()).toBe(1)
    }
    await frame.getByLabel('Search workloads').fill('no such thing')
    await frame.getByText('No workload matches').waitFor()
    await tab.close()
  })

  test('says once why names are missing, with the rule that mends it, and shows pseudonyms', async () => {
    const tab = await EditorTab.open(proUi, { names: 'forbidden' })
    const { frame } = tab
    await tab.show('Nodes')
    await frame.getByText('Real names are hidden from you').waitFor()
    expect(await frame.getByText('resourceNames: [kube9-operator-names]').count()).toBe(1)
    expect(await frame.locator('td .pseudonym').count()).toBe(5)
    expect(await frame.getByText('worker-1.eu.example').count()).toBe(0)
    await frame.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => kinds(tab).filter((kind) => kind === 'names-wanted').length).toBe(2)
    await tab.close()
  })

  test('says which kinds may not be listed, beside the names of all others', async () => {
    const tab = await EditorTab.open(proUi, { names: 'some' })
    const { frame } = tab
    await tab.show('Nodes')
    await frame.getByText('Some real names are hidden from you').waitFor()
    expect(await frame.getByText('resources: ["nodes"], verbs: ["list"]').count()).toBe(1)
    expect(await frame.locator('td .pseudonym').count()).toBe(5)
    await tab.show('Workloads')
    await frame.getByRole('cell', { name: 'checkout', exact: true }).waitFor()
    expect(await frame.getByRole('row', { name: /nightly-invoices 0 running/ }).count()).toBe(1)
    await tab.close()
  })

  test('leads the focus on when a button takes away what it stands in', async () => {
    const tab = await EditorTab.open(proUi)
    const { frame, page } = tab
    const focused = () =>
      frame.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
    await frame.getByRole('button', { name: 'Show nodes' }).first().press('Enter')
    await frame.getByRole('tab', { name: 'Nodes', selected: true }).waitFor()
    expect(await focused()).toBe('Nodes')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Workloads')
    await page.keyboard.press('Enter')
    await frame.getByLabel('Search workloads').fill('no such thing')
    await frame.getByRole('button', { name: 'Clear filters' }).press('Enter')
    await frame.getByText('12 workloads', { exact: true }).waitFor()
    expect(await focused()).toBe('Search workloads')
    await tab.close()
  })

  test('never navigates: the host is asked to open a link', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByRole('link', { name: 'Open in the portal' }).click()
    await tab.frame.getByRole('link', { name: 'Open in the portal' }).click({ button: 'middle' })
    await expect.poll(() => tab.heard.at(-1)).toMatchObject({ type: 'open-link' })
    expect(tab.heard.at(-1)).toHaveProperty('url', expect.stringMatching(/^https:\/\/app\.kube9\.example\/team-/))
    expect(tab.frame.url()).toBe(tab.address)
    expect(tab.page.context().pages()).toHaveLength(1)
    await tab.close()
  })
})

describe('what changes', () => {
  const state = (tab: EditorTab) => tab.frame.getByTestId('cluster-state').getAttribute('data-state')

  test('appears by itself; while the page is hidden nothing is read, and it catches up when it is seen', async () => {
    const tab = await EditorTab.open(proUi)
    const { cluster } = proUi.sample
    await tab.frame.getByText('Live', { exact: true }).waitFor()
    await cluster.beat({ health: 'unhealthy' })
    await expect.poll(() => state(tab)).toBe('unhealthy')
    await tab.tell({ v: 1, type: 'visibility', visible: false })
    await tab.frame.getByText('Paused').waitFor()
    const requests: Request[] = []
    tab.page.on('request', (request) => requests.push(request))
    await cluster.beat({ health: 'healthy' })
    // Longer than a notice takes from the database to a page that listens.
    await tab.page.waitForTimeout(1_500)
    expect([await state(tab), requests.length]).toEqual(['unhealthy', 0])
    await tab.tell({ v: 1, type: 'visibility', visible: true })
    await expect.poll(() => state(tab)).toBe('healthy')
    expect(tab.complaints).toEqual([])
    await tab.close()
  })

  test('for the worse too: a revoked key shows by itself, with the page that mends it', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByText('Live', { exact: true }).waitFor()
    const { team, world, sample } = proUi
    await revokeApiKey(world.context(team.owner), { teamId: team.id, id: sample.cluster.apiKey.id })
    await tab.frame.getByRole('link', { name: 'Revoked' }).waitFor()
    await expect.poll(() => tab.frame.locator('.live-mark').textContent()).toBe('Every 15 s')
    await tab.close()
  })

  test('an editor that is ended on the server shows no cluster any more, and offers to sign in', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByRole('heading', { name: 'production' }).waitFor()
    const { team, world } = proUi
    const editors = await listEditors(world.context(team.owner))
    for (const { id } of editors) await endEditor(world.context(team.owner), { id })
    await tab.frame.getByText('You are signed out of kube9.').waitFor()
    expect(await tab.frame.getByText('production').count()).toBe(0)
    await tab.frame.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => kinds(tab)).toContain('sign-in')
    await tab.close()
  })
})
