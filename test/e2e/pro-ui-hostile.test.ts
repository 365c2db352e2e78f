import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOST_PATIENCE_MS } from '#server/ui/session/session.ts'
import { askApi } from '#test/context/start-api.ts'
import { EditorTab, startProUi } from './pro-ui/pro-ui-visit.ts'
import type { ProUi } from './pro-ui/pro-ui-visit.ts'

let proUi: ProUi
beforeAll(async () => {
  proUi = await startProUi()
})
afterAll(() => proUi?.stop())

const theme = (tab: EditorTab) => tab.frame.evaluate(() => document.documentElement.dataset['theme'])

describe('whoever is not the editor gets nothing', () => {
  test('a page of another origin cannot frame it', async () => {
    const tab = await EditorTab.open(proUi)
    const page = await tab.page.context().newPage()
    const refusals: string[] = []
    page.on('console', (message) => refusals.push(message.text()))
    await page.goto(proUi.stranger.around(tab.address))
    await expect.poll(() => refusals.join(' ')).toContain('frame-ancestors')
    const framed = page.frames().at(-1)
    expect(await framed?.locator('#root').count()).toBe(0)
    expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([])
    await tab.close()
  })

  test('a frame beside it is not heard', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByRole('heading', { name: 'production' }).waitFor()
    await tab.page.evaluate(() => {
      const sibling = document.createElement('iframe')
      sibling.srcdoc = `<script>
        for (const message of [
          { v: 1, type: 'theme', kind: 'high-contrast', variables: {} },
          { v: 1, type: 'failed', message: 'Sign in at evil.example', action: 'none' },
          { v: 1, type: 'visibility', visible: false },
        ]) parent.frames[0].postMessage(message, '*')
        parent.siblingSpoke = true
      </script>`
      document.body.append(sibling)
    })
    await tab.page.waitForFunction(() => 'siblingSpoke' in window)
    // What the parent says after it is heard after it.
    await tab.tell({ v: 1, type: 'theme', kind: 'light', variables: {} })
    await expect.poll(() => theme(tab)).toBe('light')
    expect(await tab.frame.getByText('evil.example').count()).toBe(0)
    expect(await tab.frame.getByText('Paused').count()).toBe(0)
    await tab.close()
  })

  test('garbage from the editor itself is ignored in silence', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByRole('heading', { name: 'production' }).waitFor()
    for (const garbage of [null, 7, 'theme', { v: 2, type: 'theme' }, { v: 1, type: 'theme', kind: 'pink' }]) {
      await tab.tell(garbage as never)
    }
    await tab.tell({ v: 1, type: 'theme', kind: 'light', variables: {} })
    await expect.poll(() => theme(tab)).toBe('light')
    expect(tab.complaints).toEqual([])
    await tab.close()
  })

  test('a code that was seen on its way is worth nothing: it is spent, and its verifier never left the page', async () => {
    const tab = await EditorTab.open(proUi)
    await tab.frame.getByRole('heading', { name: 'production' }).waitFor()
    const [code = ''] = tab.codes
    const verifier = 'v'.repeat(43)
    const replayed = await askApi(proUi.api, '/v1/extension/webview-token', {
      body: JSON.stringify({ code, verifier }),
    })
    expect(replayed.status).toBe(401)
    const fresh = await tab.issueCode('c'.repeat(43))
    const stolen = await askApi(proUi.api, '/v1/extension/webview-token', {
      body: JSON.stringify({ code: fresh, verifier }),
    })
    expect(stolen.status).toBe(401)
    await tab.close()
  })

  test('a code for another challenge, or for another cluster than the address names, is not redeemed', async () => {
    const tab = await EditorTab.open(proUi, { mute: true })
    await expect.poll(() => tab.heard.length).toBe(1)
    const [hello] = tab.heard
    if (hello?.type !== 'hello') throw new Error('The page says hello first.')
    const redeemed: string[] = []
    tab.page.on('request', (request) => redeemed.push(request.url()))
    const code = await tab.issueCode(hello.challenge)
    const { teamId } = tab.reference
    const other = `cls_${'f'.repeat(32)}`
    await tab.tell({ v: 1, type: 'code', code, challenge: 'd'.repeat(43), ...tab.reference })
    await tab.tell({ v: 1, type: 'code', code, challenge: hello.challenge, teamId, clusterId: other })
    await tab.putOn('Light Modern')
    await expect.poll(() => theme(tab)).toBe('light')
    expect(redeemed).toEqual([])
    await tab.tell({ v: 1, type: 'code', code, challenge: hello.challenge, ...tab.reference })
    await tab.frame.getByRole('heading', { name: 'production' }).waitFor()
    await tab.close()
  })
})

describe('without an editor', () => {
  test('the address alone says where it opens, and asks the server for nothing', async () => {
    const context = await proUi.browser.newContext()
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const tab = await EditorTab.open(proUi)
    await page.goto(tab.address)
    await page.getByRole('heading', { name: 'This page opens inside the editor' }).waitFor()
    expect(await page.locator('button, a').count()).toBe(0)
    expect(asked.filter((path) => !path.startsWith('/ui/'))).toEqual([])
    await Promise.all([tab.close(), context.close()])
  })

  test('a host that never answers is named after 35 s, with a way to try again', async () => {
    const tab = await EditorTab.open(proUi, { mute: true, ownClock: true })
    // The page has begun to wait when it has said hello.
    await expect.poll(() => tab.heard.length).toBe(1)
    expect(await tab.frame.getByText('The editor does not answer').count()).toBe(0)
    await tab.page.clock.fastForward(HOST_PATIENCE_MS)
    await tab.frame.getByText('The editor does not answer').waitFor()
    await tab.frame.getByText('stayed silent for 35 seconds').waitFor()
    await tab.frame.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => tab.heard.map(({ type }) => type)).toEqual(['hello', 'hello'])
    const [one, two] = tab.heard
    expect(one).not.toEqual(two)
    await tab.close()
  })
})
