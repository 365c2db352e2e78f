import AxeBuilder from '@axe-core/playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { themes } from '#scripts/workbench/workbench-window.ts'
import type { ThemeName, WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { CONTEXT, startEditorHouse } from './editor-house.ts'
import type { EditorHouse, Person } from './editor-house.ts'
import { keepPictures } from './pictures.ts'
import { becomeMember, installOperator, makeKey, signIn, waitForStanding } from './steps.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PRO_SECTIONS = ['Health', 'Nodes', 'Workloads', 'Configuration', 'Conditions', 'Events']

let house: EditorHouse
let person: Person
let window: WorkbenchWindow

beforeAll(async () => {
  house = await startEditorHouse({ kwokNodes: 1 })
  person = await house.newPerson()
  const member = await becomeMember(house, person)
  await installOperator(house, await makeKey(member, 'accessibility'))
  window = await person.openWindow()
  await window.openView('kube9')
  await waitForStanding(window, CONTEXT, 'Pro')
  await signIn(window, person)
})
afterAll(() => house?.stop())
beforeEach(() => keepPictures(() => house?.browser))

test('the overview breaks no rule of WCAG 2.2 AA in any theme', async () => {
  await window.chooseFromMenu(CONTEXT, 'Open Overview')
  await window.webview.getByText('Deployments').first().waitFor()
  expect(await violationsInEachTheme(1)).toEqual([])
  await window.closeEditors()
})

test('neither does the description of an object, with its events', async () => {
  await window.expand(CONTEXT)
  await window.expand('Nodes')
  await window.chooseFromMenu('n1', 'Describe')
  await window.webview.getByRole('heading', { level: 1, name: 'n1' }).waitFor()
  expect(await violationsInEachTheme(1)).toEqual([])
  await window.closeEditors()
})

test('nor do logs that are followed', async () => {
  await window.expand('Pods')
  await window.chooseFromMenu(/^kube9-operator-/, 'View Logs')
  await window.webview.getByText('kube9-operator').first().waitFor()
  expect(await violationsInEachTheme(1)).toEqual([])
  await window.closeEditors()
})

describe('on the Pro page', () => {
  beforeAll(() => window.pressOnRow(CONTEXT, 'Open Cluster'))

  test.each(PRO_SECTIONS)('%s breaks none either', async (name) => {
    await window.innerPage.getByRole('tab', { name }).click()
    await window.innerPage.getByRole('tabpanel', { name }).waitFor()
    expect(await violationsInEachTheme(2)).toEqual([])
  })
})

async function violationsInEachTheme(documents: 1 | 2): Promise<string[]> {
  const found: string[] = []
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await window.switchTheme(theme)
    await untilThemed(theme, documents)
    found.push(...(await violationsOf(documents)).map((violation) => `${theme}: ${violation}`))
  }
  return found
}

async function untilThemed(theme: ThemeName, documents: 1 | 2): Promise<void> {
  await window.webview.locator(`body[data-vscode-theme-kind="vscode-${theme}"]`).waitFor()
  if (documents === 2) await window.innerPage.locator(`html[data-theme="${theme}"]`).waitFor()
}

/** What axe finds in the webview in sight, and in the page that it frames when there are two documents. */
async function violationsOf(documents: 1 | 2): Promise<string[]> {
  const outer = ['iframe.webview.ready', '#active-frame']
  const axe = new AxeBuilder({ page: window.page })
    .withTags(WCAG)
    .options({ resultTypes: ['violations'] })
    .include([...outer, 'html'])
  if (documents === 2) axe.include([...outer, '#page', 'html'])
  const { violations, passes } = await axe.analyze()
  expect(passes.length).toBeGreaterThan(5)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}
