import { wcagContrast } from 'culori'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestCluster } from '#test/context/test-cluster.ts'
import { violationsOf } from './axe.ts'
import editorThemes from './pro-ui/editor-themes.json' with { type: 'json' }
import { EditorTab, startProUi, themeNames } from './pro-ui/pro-ui-visit.ts'
import type { ProUi } from './pro-ui/pro-ui-visit.ts'
import { hugeInventory } from './pro-ui/sample-cluster.ts'

const sections = ['Health', 'Nodes', 'Workloads', 'Configuration', 'Conditions', 'Events']
const MANY = 10_000
/** What axe does not compute: colours of shapes. */
const graphics = [
  'charts-green',
  'charts-blue',
  'charts-purple',
  'charts-red',
  'editorWarning-foreground',
  'editorError-foreground',
  'editorInfo-foreground',
]

let proUi: ProUi
beforeAll(async () => {
  proUi = await startProUi()
})
afterAll(() => proUi?.stop())

describe.each(themeNames)('in %s', (theme) => {
  test('no section breaks a rule of WCAG 2.2 AA, and nothing is blocked', { timeout: 120_000 }, async () => {
    const tab = await EditorTab.open(proUi, { theme, context: { viewport: { width: 1000, height: 900 } } })
    const faults: string[] = []
    for (const section of sections) {
      await tab.show(section)
      faults.push(...(await violationsOf(tab.page)).map((fault) => `${section}: ${fault}`))
    }
    await tab.show('Health')
    for (const chart of ['health', 'nodes', 'pods', 'restarts']) {
      await tab.frame.getByRole('button', { name: `View ${chart} as table` }).click()
    }
    faults.push(...(await violationsOf(tab.page)).map((fault) => `tables of charts: ${fault}`))
    expect([...faults, ...tab.complaints]).toEqual([])
    await tab.close()
  })
})

test.each(themeNames)('in %s lines, bars and icons stand out from the page by 3 to 1', (theme) => {
  const variables: Partial<Record<string, string>> = editorThemes[theme].variables
  const ratio = (name: string) => wcagContrast(variables[name] ?? '', variables['editor-background'] ?? '')
  expect(graphics.filter((name) => ratio(name) < 3)).toEqual([])
})

test('what says that names are missing breaks no rule either', async () => {
  const tab = await EditorTab.open(proUi, { names: 'forbidden', theme: 'Default High Contrast' })
  await tab.show('Nodes')
  await tab.frame.getByText('Real names are hidden from you').waitFor()
  expect(await violationsOf(tab.page)).toEqual([])
  await tab.close()
})

test.each([320, 480, 1_600])('at %i px no section scrolls the page sideways', async (width) => {
  const tab = await EditorTab.open(proUi, { context: { viewport: { width, height: 900 } } })
  const wide: string[] = []
  for (const section of sections) {
    await tab.show(section)
    const overflow = await tab.frame.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    if (overflow > 0) wide.push(`${section}: ${overflow} px`)
  }
  expect(wide).toEqual([])
  await tab.close()
})

describe('by keyboard alone', () => {
  test('every section opens, tables sort, charts are read, and Tab leaves again', async () => {
    const tab = await EditorTab.open(proUi)
    const { frame, page } = tab
    await frame.getByRole('tab', { name: 'Health' }).focus()
    for (const section of sections.slice(1)) {
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Enter')
      await frame.getByRole('tab', { name: section, selected: true }).waitFor()
    }
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await frame.getByRole('slider', { name: 'Nodes: moment to read' }).focus()
    const moment = () => frame.getByRole('slider', { name: 'Nodes: moment to read' }).getAttribute('aria-valuetext')
    const last = await moment()
    await page.keyboard.press('ArrowLeft')
    expect(await moment()).not.toBe(last)
    await tab.show('Workloads')
    await frame.getByRole('button', { name: 'Restarts' }).press('Enter')
    await frame.getByRole('button', { name: 'Restarts' }).press('Enter')
    expect(await frame.getByRole('row').nth(1).getByRole('cell').first().textContent()).toBe('checkout')
    await frame.getByRole('region', { name: 'Workloads, scrolls' }).focus()
    const holdsFocus = () => frame.evaluate(() => document.hasFocus() && document.activeElement !== document.body)
    let presses = 0
    while ((await holdsFocus()) && presses++ < 20) await page.keyboard.press('Tab')
    expect(await holdsFocus()).toBe(false)
    await tab.close()
  })

  test('the editor gets the keys that are its own, once each, and none that the page or the browser uses', async () => {
    const tab = await EditorTab.open(proUi)
    const { frame, page } = tab
    await tab.show('Workloads')
    const keys = () => tab.heard.flatMap((message) => (message.type === 'key' ? [message.key] : []))
    for (const chord of ['F1', 'Control+p', 'Control+k', 'Control+t', 'Control+c', 'Tab', 'ArrowDown']) {
      await page.keyboard.press(chord)
    }
    await expect.poll(keys).toEqual(['F1', 'p', 'k', 't'])
    await frame.getByLabel('Search workloads').focus()
    await page.keyboard.type('led')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+Shift+P')
    await expect.poll(keys).toEqual(['F1', 'p', 'k', 't', 'P'])
    expect(await frame.getByLabel('Search workloads').inputValue()).toBe('led')
    await page.keyboard.press('Escape')
    expect(await frame.getByLabel('Search workloads').inputValue()).toBe('')
    await frame.getByRole('tab', { name: 'Workloads' }).focus()
    await page.keyboard.press('Control+f')
    expect(await frame.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search workloads')
    expect(keys()).toEqual(['F1', 'p', 'k', 't', 'P'])
    await tab.close()
  })
})

test('ten thousand workloads scroll from end to end, and few of them are drawn', { timeout: 60_000 }, async () => {
  const cluster = await TestCluster.register(proUi.world, proUi.team)
  await cluster.beat()
  await cluster.collect(hugeInventory(proUi.sample.saltId, MANY))
  const tab = await EditorTab.open(proUi, {
    clusterId: cluster.clusterId,
    context: { viewport: { width: 1000, height: 900 } },
  })
  await tab.frame.getByRole('tab', { name: 'Workloads' }).waitFor()
  const openedAt = performance.now()
  await tab.show('Workloads')
  await tab.frame.getByText(`${MANY} workloads`, { exact: true }).waitFor()
  console.log(
    `${MANY} workloads were there ${(performance.now() - openedAt).toFixed(0)} ms after their tab was clicked`,
  )
  const walk = await tab.frame.evaluate(async () => {
    const box = document.querySelector('.table-box')
    const frames: number[] = []
    let drawn = 0
    let empty = 0
    const steps = 120
    let last = performance.now()
    for (let step = 1; step <= steps; step++) {
      if (box) box.scrollTop = (box.scrollHeight / steps) * step
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      const rows = document.querySelectorAll('.table-box tbody tr:not(.spacer)').length
      drawn = Math.max(drawn, rows)
      if (rows === 0) empty += 1
      frames.push(performance.now() - last)
      last = performance.now()
    }
    const sorted = frames.toSorted((one, other) => one - other)
    return { drawn, empty, medianMs: sorted[Math.floor(steps / 2)] ?? 0, slowestMs: sorted.at(-1) ?? 0 }
  })
  console.log(
    `10,000 workloads: a jump of 83 rows took ${walk.medianMs.toFixed(0)} ms (median), ${walk.slowestMs.toFixed(0)} ms at most`,
  )
  expect(walk.empty).toBe(0)
  expect(walk.drawn).toBeLessThan(120)
  // Two frames each; a table that draws all rows takes seconds.
  expect(walk.medianMs).toBeLessThan(150)
  expect(await tab.frame.locator(`tr[aria-rowindex="${MANY + 1}"]`).count()).toBe(1)
  await tab.frame.getByLabel('Search workloads').fill((MANY - 1).toString(16).padStart(24, '0'))
  await tab.frame.getByText(`1 of ${MANY} workloads`).waitFor()
  await tab.close()
})
