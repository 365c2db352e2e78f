import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import { Change } from '../change.ts'
import { KubeconfigRegistry } from '../cluster/kubeconfig-registry.ts'
import { ServerKeys } from '../cluster/server-keys.ts'
import { serve, statusText } from '../kube/api-setting.ts'
import { watchSteps } from './watch-steps.ts'

let folder: string
let registry: KubeconfigRegistry
let server: string
/** The one that the server believes. */
let token: string
let isInstalled: boolean
let asked: number
const file = () => join(folder, 'config')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-install-'))
  server = await serve(answer)
  token = 'first'
  isInstalled = false
  asked = 0
  registry = new KubeconfigRegistry({
    settings: {
      serverUrl: 'https://api.example',
      portalUrl: '',
      operatorNamespaces: ['kube9-system'],
      kubeconfigFiles: [file()],
    },
    account: { current: null, changed: new Change(), server: {} as never },
    editorProxy: () => ({ proxy: '', noProxy: [] }),
    serverKeys: new ServerKeys(),
    log: () => undefined,
  })
  await writeKubeconfig(['prod'])
  await registry.ready()
})
afterEach(async () => {
  registry.dispose()
  await rm(folder, { recursive: true })
})

async function writeKubeconfig(contexts: string[]): Promise<void> {
  const config = {
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'me', user: { token } }],
    contexts: contexts.map((name) => ({ name, context: { cluster: 'c', user: 'me' } })),
  }
  await writeFile(`${file()}.new`, JSON.stringify(config))
  await rename(`${file()}.new`, file())
}

const answer: RequestListener = (req, res) => {
  asked++
  const url = new URL(req.url ?? '', 'http://server')
  if (req.headers.authorization !== `Bearer ${token}`) res.writeHead(401).end(statusText(401, 'Unauthorized'))
  else if (url.searchParams.has('watch')) res.flushHeaders()
  else if (url.pathname === '/api/v1/configmaps') res.end(JSON.stringify(statuses()))
  else res.writeHead(404).end(statusText(404, 'not found'))
}

function statuses(): object {
  const status = {
    mode: 'operated',
    tier: 'free',
    version: '0.1.0',
    health: 'healthy',
    lastUpdate: new Date().toISOString(),
    registered: false,
  }
  const metadata = { name: STATUS_CONFIG_MAP.name, namespace: 'kube9-system' }
  const items = isInstalled ? [{ metadata, data: { [STATUS_CONFIG_MAP.key]: JSON.stringify(status) } }] : []
  return { metadata: { resourceVersion: '1' }, items }
}

function watch(say: (words: string) => void) {
  const installation = { context: 'prod', namespace: 'kube9-system', goal: 'operated' as const, old: null }
  const watching = { say, onSlow: () => undefined, signal: AbortSignal.timeout(15_000) }
  return watchSteps({ clusters: registry, ...installation }, watching)
}

test('helm or a login that renews the credentials in the kubeconfig does not hide that the operator has come', async () => {
  let turns = 0
  const last = await watch(() => {
    if (++turns > 1) return
    token = 'second'
    isInstalled = true
    void writeKubeconfig(['prod'])
  })
  expect(last?.step).toBe('key-arriving')
})

test('while no kubeconfig names the context that is said, and nothing is asked; it goes on once one does', async () => {
  const said: string[] = []
  const watching = watch((words) => said.push(words))
  const gone = 'No kubeconfig names the context prod any more.'
  await writeKubeconfig([])
  await expect.poll(() => said).toContain(gone)
  const before = asked
  await delay(2_000)
  expect(asked).toBe(before)
  isInstalled = true
  await writeKubeconfig(['prod'])
  expect((await watching)?.step).toBe('key-arriving')
})
