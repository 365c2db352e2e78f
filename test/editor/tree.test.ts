import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createPods } from '#scripts/cluster/create-pods.ts'
import type { WorkbenchWindow } from '#scripts/workbench/workbench-window.ts'
import { waitFor } from '../stack/wait-for.ts'
import { CONTEXT, NAMESPACE, startSite } from './editor-house.ts'
import type { Person, Site } from './editor-house.ts'
import {
  createUser,
  readKubeconfig,
  serverOf,
  withFarServer,
  withServer,
  withUser,
  writeKubeconfig,
} from './kubeconfig.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { keepPictures } from './pictures.ts'

const CONTEXTS = 50
const PODS = 10_000

let site: Site
let person: Person
let window: WorkbenchWindow
let config: Kubeconfig

beforeAll(async () => {
  site = await startSite({ kwokNodes: 1 })
  config = await readKubeconfig(site.cluster)
  person = await site.newPerson()
  window = await person.openWindow()
  await window.openView('kube9')
})
afterAll(() => site?.stop())
beforeEach(() => keepPictures(() => site?.browser))

test('a context without an operator is basic, and holds what is in its cluster', async () => {
  await window.row(CONTEXT).filter({ hasText: 'Basic' }).waitFor()
  await window.expand(CONTEXT)
  for (const list of ['Nodes', 'Namespaces', 'Workloads', 'Pods', 'Services', 'Configuration', 'Events']) {
    await window.row(list).waitFor()
  }
  await window.expand('Nodes')
  await window.row('n1').filter({ hasText: 'Ready' }).waitFor()
  await window.row('n2').filter({ hasText: 'Ready' }).waitFor()
  await window.expand('Namespaces')
  await window.row('kube-system').waitFor()
  await window.collapseAll()
  expect(person.faults).toEqual([])
})

test('the Secrets of one chosen namespace are read anew when somebody looks again, and by themselves', async () => {
  const create = (name: string) => site.cluster.kubectl(['create', 'secret', 'generic', name, '--namespace', 'default'])
  await window.chooseFromMenu(CONTEXT, 'Show One Namespace…')
  await window.pick('default')
  await window.row(CONTEXT).filter({ hasText: 'Basic' }).waitFor()
  await window.expand(CONTEXT)
  await window.expand('Configuration')
  await window.expand('Secrets')
  await window.row('No secrets in default').waitFor()
  await create('came-first')
  await window.pressOnRow('Secrets', 'Look Again')
  await window.row('came-first').waitFor()
  await create('came-later')
  await window.row('came-later').waitFor()
  await window.chooseFromMenu(CONTEXT, 'Show One Namespace…')
  await window.pick('All namespaces')
  await window.collapseAll()
  expect(person.faults).toEqual([])
})

test('a change of the kubeconfig shows within a second, without a reload', async () => {
  const elapsedMs: number[] = []
  for (const name of ['came-later', 'came-last', 'came-at-the-end']) {
    const startedAt = performance.now()
    await writeKubeconfig(site.kubeconfigFile, withServer(config, name, serverOf(config)))
    await window.row(name).waitFor()
    elapsedMs.push(performance.now() - startedAt)
  }
  // Of three, so that a pause of the machine's own does not count.
  expect(elapsedMs.toSorted((one, other) => one - other)[1]).toBeLessThan(1_000)
  await restoreKubeconfig()
})

test('a cluster elsewhere is asked with what its context says, not through what the editor makes of requests', async () => {
  await writeKubeconfig(site.kubeconfigFile, withFarServer(config, 'far-away'))
  await window.row('far-away').filter({ hasText: 'Basic' }).waitFor()
  expect(await window.row(/Unreachable/).count()).toBe(0)
  await restoreKubeconfig()
})

test('of 50 contexts one that never answers delays none of the others, and says so itself', async () => {
  const hole = await openBlackHole()
  await window.page.setViewportSize({ width: 1280, height: 1500 })
  let many = withServer(config, 'a-black-hole', hole.url)
  for (let at = many.contexts.length; at < CONTEXTS; at++) {
    many = withServer(many, `cluster-${String(at).padStart(2, '0')}`, serverOf(config))
  }
  await writeKubeconfig(site.kubeconfigFile, many)
  const settled = window.row(/Basic|Unreachable/)
  await waitFor('49 contexts', async () => (await settled.count()) >= CONTEXTS - 1)
  await window.row('a-black-hole').filter({ hasText: 'Connecting' }).waitFor()
  await window
    .row('a-black-hole')
    .filter({ hasText: /Unreachable.*5 s/ })
    .waitFor()
  await restoreKubeconfig()
  hole.close()
})

test('who may not read the status is told the rule that is missing, and that rule mends it', async () => {
  const { kubectl } = site.cluster
  const token = await createUser(site.cluster, 'newcomer', [
    { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] },
  ])
  await writeKubeconfig(site.kubeconfigFile, withUser(config, 'newcomer', token))
  await window.row('newcomer').filter({ hasText: 'No permission' }).waitFor()
  await window.expand('newcomer')
  await window
    .row(`You may not read ConfigMaps in the namespace ${NAMESPACE}, where the operator says how it is.`)
    .waitFor()
  await window.row('Copy the rule that is missing').click()
  const rules = await waitFor('the rule', async () => {
    const text = await window.page.evaluate(() => navigator.clipboard.readText())
    return text.includes('configmaps') && (parse(text) as object[])
  })
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'newcomer' }, rules }
  await kubectl(['create', 'namespace', NAMESPACE])
  await kubectl(['apply', '-n', NAMESPACE, '-f', '-'], { stdin: JSON.stringify(role) })
  await kubectl([
    'create',
    'rolebinding',
    'newcomer',
    '-n',
    NAMESPACE,
    '--role=newcomer',
    '--serviceaccount=default:newcomer',
  ])
  await window.pressOnRow('newcomer', 'Look Again')
  await window.row('newcomer').filter({ hasText: 'Basic' }).waitFor()
  await window.collapseAll()
  await restoreKubeconfig()
})

test('of 10,000 pods the first page is there at once, the rest as one asks, and all of it scrolls', async () => {
  await site.cluster.kubectl(['create', 'namespace', 'crowd'])
  await createPods(site.cluster.kubeconfigPath, 'crowd', PODS)
  await window.expand(CONTEXT)
  await window.expand('Pods')
  await window.row('pod-1').waitFor()
  await window.jump('End')
  await window.row('Load more…').filter({ hasText: '9,500 more' }).waitFor()
  await window.pressOnRow('Load more…', 'Load Many More')
  await window.row('Load more…').waitFor({ state: 'detached' })
  await waitFor('the last pod at the end of the tree', async () => {
    await window.jump('End')
    if (await window.row('pod-9999').isVisible()) return true
    throw new Error((await window.row(/./).allInnerTexts()).slice(-8).join(' | '))
  })
  await window.jump('Home')
  await window.row('pod-1').waitFor()
  const rowsInDocument = await window.page.locator('.sidebar .monaco-list-row').count()
  expect(rowsInDocument).toBeLessThan(200)
  await window.collapseAll()
  expect(person.faults).toEqual([])
})

async function restoreKubeconfig(): Promise<void> {
  await writeKubeconfig(site.kubeconfigFile, config)
  await waitFor('one context', async () => (await window.row(/./).count()) === 1)
}

/** Takes connections, and answers nothing. */
async function openBlackHole(): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => void sockets.add(socket.on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
