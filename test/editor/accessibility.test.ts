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

describe.each(Object.keys(themes) as ThemeName[])('in a theme of the kind %s', (theme) => {
  beforeAll(() => window.switchTheme(theme))

  test('the overview breaks no rule of WCAG 2.2 AA', async () => {
    await window.chooseFromMenu(CONTEXT, 'Open Overview')
    await window.webview.getByRole('heading', { level: 1 }).waitFor()
    expect(await violationsOf(1)).toEqual([])
    await window.closeEditors()
  })

  test('neither does the description of an object, with its events', async () => {
    await window.expand(CONTEXT)
    await window.expand('Nodes')
    await window.chooseFromMenu('n1', 'Describe')
    await window.webview.getByRole('heading', { level: 1 }).waitFor()
    expect(await violationsOf(1)).toEqual([])
    await window.closeEditors()
  })

  test('nor do logs that are followed', async () => {
    await window.expand('Pods')
    await window.chooseFromMenu(/^kube9-operator-/, 'View Logs')
    await window.webview.getByText('kube9-operator').first().waitFor()
    expect(await violationsOf(1)).toEqual([])
    await window.closeEditors()
  })

  test('nor does any section of the Pro page', async () => {
    await window.pressOnRow(CONTEXT, 'Open Cluster')
    for (const name of PRO_SECTIONS) {
      await window.innerPage.getByRole('tab', { name }).click()
      await window.innerPage.getByRole('tabpanel').waitFor()
      expect((await violationsOf(2)).map((violation) => `${name}: ${violation}`)).toEqual([])
    }
    await window.closeEditors()
    await window.collapseAll()
  })
})

/** What axe finds in the webview in sight, and in the page that it frames when there are two documents. */
async function violationsOf(documents: 1 | 2): Promise<string[]> {
  const outer = ['iframe.webview.ready', '#active-frame']
  const axe = new AxeBuilder({ page: window.page }).withTags(WCAG).include([...outer, 'html'])
  if (documents === 2) axe.include([...outer, '#page', 'html'])
  const { violations, passes } = await axe.analyze()
  expect(passes.length).toBeGreaterThan(5)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}
