import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { waitForClusterState } from '../journey/visitor.ts'
import { waitFor } from '../stack/wait-for.ts'
import { CONTEXT, NAMESPACE, startEditorHouse } from './editor-house.ts'
import type { EditorHouse, Person } from './editor-house.ts'
import { createUser, readKubeconfig, withUser, writeKubeconfig } from './kubeconfig.ts'
import { keepPictures } from './pictures.ts'
import { placesOutside, plantNames } from './planted-names.ts'
import type { PlantedNames } from './planted-names.ts'
import { becomeMember, installOperator, signIn, waitForStanding } from './steps.ts'
import type { Member } from './steps.ts'

const RESTRICTED = 'without-names'

/** Each step stands on the one before it; no window is ever reloaded. */
describe('from basic to Pro and back', () => {
  let house: EditorHouse
  let person: Person
  let member: Member
  let window: WorkbenchWindow
  let names: PlantedNames

  beforeAll(async () => {
    house = await startEditorHouse({ kwokNodes: 1 })
    person = await house.newPerson()
    names = await plantNames(house)
    member = await becomeMember(house, person)
    window = await person.openWindow()
    await window.openView('kube9')
  })
  afterAll(() => house?.stop())
  beforeEach(() => keepPictures(() => house?.browser))

  test('without an operator a cluster is basic; with one that has no key it is operated', async () => {
    await waitForStanding(window, CONTEXT, 'Basic')
    await installOperator(house)
    await waitForStanding(window, CONTEXT, 'Operated')
    expect(house.wire.text).not.toContain('/v1/operator')
  })

  test('a person signs in by the portal’s page', async () => {
    await signIn(window, person)
    await member.portal.goto(`${house.stack.portalUrl}/${member.team}/settings`)
    const disconnect = member.portal.getByRole('button', { name: /^Disconnect / })
    await disconnect.waitFor()
    expect(await disconnect.count()).toBe(1)
  })

  test('a key that the editor puts in makes it Pro, and is shown nowhere', async () => {
    await window.chooseFromMenu(CONTEXT, 'Install Operator')
    const consent = window.dialog('Put a new API key')
    expect(await consent.innerText()).not.toMatch(/kdy_/)
    await consent.getByRole('button', { name: 'Put in key' }).click()
    await window.notification('is connected').waitFor()
    await waitForStanding(window, CONTEXT, 'Pro')
    const secret = await house.cluster.kubectl([
      'get',
      'secret',
      'kube9-operator-config',
      '-n=kube9-system',
      '-o=jsonpath={.data.apiKey}',
    ])
    const key = Buffer.from(secret, 'base64').toString()
    expect(key).toMatch(/^kdy_/)
    expect(await window.page.locator('body').innerText()).not.toContain(key)
  })

  test('its page shows the real names of what is in the cluster', async () => {
    await window.notification('is connected').getByRole('button', { name: 'Open cluster' }).click()
    await window.innerPage.getByRole('tab', { name: 'Workloads' }).click()
    await window.innerPage.getByText(names.deployment, { exact: true }).first().waitFor()
    await window.innerPage.getByText(names.statefulSet, { exact: true }).first().waitFor()
    expect(person.faults).toEqual([])
  })

  test('the editor’s shortcuts work while the focus is inside that page', async () => {
    await window.innerPage.getByRole('tab', { name: 'Nodes' }).click()
    await window.page.keyboard.press('F1')
    await window.quickInput.waitFor()
    expect(await window.quickInput.inputValue()).toBe('>')
    await window.page.keyboard.press('Escape')
    await window.page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
  })

  describe('a second window', () => {
    let second: WorkbenchWindow
    beforeAll(async () => {
      second = await person.openWindow()
      await second.openView('kube9')
      await waitForStanding(second, CONTEXT, 'Pro')
    })

    test('shows that page beside the first, in the tab that came back with it', async () => {
      await second.pressOnRow(CONTEXT, 'Open Cluster')
      for (const shown of [second, window]) {
        await shown.innerPage.getByRole('tab', { name: 'Workloads' }).click()
        await shown.innerPage.getByText(names.deployment, { exact: true }).first().waitFor()
      }
      expect(await second.tab(CONTEXT).count()).toBe(1)
    })

    test('does not open it twice when its tab came back and was not looked at yet', async () => {
      await waitFor('a window that comes back with both tabs', async () => {
        await second.chooseFromMenu(CONTEXT, 'Open Overview')
        // The page beside it has the same heading.
        await second.webview.getByText('Deployments').first().waitFor()
        await second.reload()
        await waitForStanding(second, CONTEXT, 'Pro')
        return (await second.tab(CONTEXT).count()) === 2
      })
      await second.pressOnRow(CONTEXT, 'Open Cluster')
      await second.innerPage.getByRole('tabpanel', { name: 'Health' }).waitFor()
      await waitFor('the overview and the page', async () => (await second.tab(CONTEXT).count()) === 2)
    })

    test('leaves the first as it was when it goes', async () => {
      await second.page.close()
      await window.innerPage.getByRole('tab', { name: 'Nodes' }).click()
      await window.innerPage.getByRole('tabpanel', { name: 'Nodes' }).waitFor()
      expect(person.faults).toEqual([])
    })
  })

  test('no real name is in the server’s database, its logs, or on the wire', async () => {
    const places = await placesOutside(house)
    expect(house.wire.text).toMatch(/resource-inventory/)
    expect(places.find(({ where }) => where === 'table ts.collections')?.text).toMatch(/deployment-[0-9a-f]{24}/)
    const holding = places.filter(({ text }) => Object.values(names).some((name) => text.includes(name)))
    expect(holding.map(({ where }) => where)).toEqual([])
  })

  test('who may not read the salt sees pseudonyms, and the rule that is missing', async () => {
    const token = await createUser(house.cluster, 'without-names', [
      {
        apiGroups: ['', 'apps', 'batch'],
        resources: [
          'nodes',
          'namespaces',
          'pods',
          'services',
          'configmaps',
          'deployments',
          'statefulsets',
          'daemonsets',
          'replicasets',
          'jobs',
          'cronjobs',
        ],
        verbs: ['get', 'list', 'watch'],
      },
    ])
    await writeKubeconfig(house.kubeconfigFile, withUser(await readKubeconfig(house.cluster), RESTRICTED, token))
    await waitForStanding(window, RESTRICTED, 'Pro')
    await window.pressOnRow(RESTRICTED, 'Open Cluster')
    await window.tab(RESTRICTED).waitFor()
    await window.innerPage.getByRole('tab', { name: 'Workloads' }).click()
    await window.innerPage.getByText('Real names are hidden from you').waitFor()
    expect(await window.innerPage.locator('pre').innerText()).toMatch(/secrets.*kube9-operator-names.*get/s)
    await window.innerPage.locator('.pseudonym').first().waitFor()
    expect(await window.innerPage.locator('body').innerText()).not.toContain(names.deployment)
  })

  test('a revoked key degrades it in the tree, on its page and in the portal', async () => {
    const { portal, team } = member
    await window.tab(CONTEXT).click()
    await portal.goto(`${house.stack.portalUrl}/${team}/api-keys`)
    await portal
      .getByRole('button', { name: /^Revoke / })
      .first()
      .click()
    await portal.getByRole('button', { name: 'Revoke key' }).click()
    await waitForStanding(window, CONTEXT, 'Degraded', /refused/)
    await window.innerPage.getByText('The server refuses this cluster').waitFor()
    await portal.goto(`${house.stack.portalUrl}/${team}/clusters`)
    await portal.getByRole('table').getByRole('link').first().click()
    await waitForClusterState(portal, 'refused')
  })

  test('what was uninstalled is basic, and is brought back from the editor by helm in a terminal', async () => {
    await house.cluster.helm(['uninstall', 'kube9-operator', `--namespace=${NAMESPACE}`, '--wait'])
    await waitForStanding(window, CONTEXT, 'Basic')
    await window.chooseFromMenu(CONTEXT, 'Install Operator')
    const consent = window.dialog('Install the kube9 operator')
    expect(await consent.innerText()).toContain('helm upgrade kube9-operator')
    expect(await consent.innerText()).not.toMatch(/kdy_/)
    await consent.getByRole('button', { name: 'Install', exact: true }).click()
    await waitForStanding(window, CONTEXT, 'Pro')
    await window.terminal.filter({ hasText: 'Check how it is' }).first().waitFor()
    const releases = JSON.parse(await house.cluster.helm(['list', `--namespace=${NAMESPACE}`, '--output=json']))
    expect(releases).toMatchObject([{ name: 'kube9-operator', status: 'deployed' }])
  })

  test('a page elsewhere that frames, opens or messages it gets nothing', async () => {
    const address = await waitFor('the address', () =>
      window.page
        .frames()
        .find((frame) => frame.url().includes('/ui/teams/'))
        ?.url(),
    )
    const evil = await serveDocument(`<!doctype html><title>evil</title><iframe src="${address}"></iframe>`)
    const stranger = await person.context.newPage()
    const refusal = stranger.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
    await stranger.goto(`http://evil.localhost:${evil.port}/`)
    await refusal
    const opening = person.context.waitForEvent('page')
    const heard = stranger.evaluate(async (url) => {
      const got: unknown[] = []
      addEventListener('message', (event) => got.push(event.data))
      const page = globalThis.open(url)
      const challenge = 'c'.repeat(43)
      for (let turn = 0; turn < 20; turn++) {
        page?.postMessage({ v: 1, type: 'code', code: 'x'.repeat(43), challenge }, '*')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return got
    }, address)
    const opened = await opening
    await opened.getByText('This page opens inside the editor').waitFor()
    expect(await heard).toEqual([])
    await stranger.close()
    await opened.close()
    evil.close()
  })
})

/** A site of somebody else's on this machine: of one on the internet the browser would not even lead a frame to it. */
async function serveDocument(html: string): Promise<{ port: number; close(): void }> {
  const server = createServer((_req, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(html))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { port: (server.address() as AddressInfo).port, close }
}
