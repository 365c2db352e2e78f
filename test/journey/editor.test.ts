import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CONTEXT, NAMESPACE, startEditorHouse } from '../editor/editor-house.ts'
import type { EditorHouse } from '../editor/editor-house.ts'
import { keepPictures } from '../editor/pictures.ts'
import { signIn, waitForStanding } from '../editor/steps.ts'
import { runCommand } from './run-command.ts'
import { copyInstallCommand, nameKey, newVisitor, signUp, waitForConnection } from './visitor.ts'

let house: EditorHouse

beforeAll(async () => {
  house = await startEditorHouse()
})
afterAll(() => house?.stop())
beforeEach(() => keepPictures(() => house?.browser))

test('from sign-up to the editor that shows Pro, without a reload of anything', async () => {
  const { stack, cluster } = house
  const person = await house.newPerson()
  const window = await person.openWindow()
  await window.openView('kube9')
  await waitForStanding(window, CONTEXT, 'Basic')

  const portal = await person.context.newPage()
  await signUp(portal, stack.portalUrl, newVisitor(), stack.mail)
  const key = await nameKey(portal, 'journey')
  const command = await copyInstallCommand(portal)
  expect(command).not.toContain(key)
  await cluster.kubectl(['create', 'namespace', NAMESPACE])
  await cluster.kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=restricted'])
  await runCommand(command, { env: cluster.environment, answer: key })
  await waitForConnection(portal, 'connected')

  await window.page.bringToFront()
  await waitForStanding(window, CONTEXT, 'Pro')
  await signIn(window, person)
  await window.pressOnRow(CONTEXT, 'Open Cluster')
  await window.innerPage.getByRole('tab', { name: 'Nodes' }).click()
  await window.innerPage.getByText('n1', { exact: true }).first().waitFor()
  expect(person.faults).toEqual([])
})
