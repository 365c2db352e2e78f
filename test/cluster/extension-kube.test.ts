import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import { createPods } from '#scripts/cluster/create-pods.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster as LocalCluster } from '#scripts/cluster/start-cluster.ts'
import { waitFor } from '#test/stack/wait-for.ts'

// What the extension runs in the editor, as its bundle; of its sources nothing may be imported from here.
type Standing = { mode: string; reason?: string; rbac?: string; mend?: string; warning?: string | null }
type Seen = {
  standing: Standing
  identifier: string | null
  clusterId: string | null
  operatorNamespace: string | null
  api: object
  connect(): Promise<void>
  refresh(): Promise<void>
}
type Registry = { ready(): Promise<void>; find(context: string): Seen | undefined; dispose(): void }
type List = {
  objects: { name: string; namespace: string | null; text: string }[]
  hasMore: boolean
  remaining: number | null
  fault: { fault: string; rbac: string | null } | null
  load(): Promise<void>
  loadMore(pages?: number): Promise<void>
  reload(): Promise<void>
}
type Kind = { kind: string; kinds?: Kind[] }
type Parts = {
  Change: new () => object
  KubeconfigRegistry: new (surroundings: object) => Registry
  ServerKeys: new () => object
  ObjectList: new (api: object, kind: Kind, namespace: string | null) => List
  sections: Kind[]
}

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const NAME = STATUS_CONFIG_MAP.name
const ours = generateKeyPairSync('ed25519')

let parts: Parts
let local: LocalCluster
let server: Server
let serverUrl: string
let folder: string
let identifier: string
const registries: Registry[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-extension-'))
  await buildWhenStale(builds.extension, { logFile: join(folder, 'build.log') })
  parts = (await import(inRepository('dist/extension/parts/parts.mjs'))) as Parts
  local = await startCluster()
  const uid = await local.kubectl(['get', 'namespace', 'kube-system', '-o=jsonpath={.metadata.uid}'])
  identifier = `sha256:${createHash('sha256').update(uid).digest('hex')}`
  server = createServer((_req, res) => {
    res.end(JSON.stringify({ keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'k1' }] }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await local.kubectl(['create', 'namespace', STATUS_CONFIG_MAP.defaultNamespace])
})

afterAll(async () => {
  for (const registry of registries) registry.dispose()
  server.close()
  await local.stop()
  await rm(folder, { recursive: true })
})

async function look(
  kubeconfig = local.kubeconfigPath,
  operatorNamespaces = ['kube9-system', 'default'],
): Promise<Seen> {
  const registry = new parts.KubeconfigRegistry({
    settings: { serverUrl, portalUrl: '', operatorNamespaces, kubeconfigFiles: [kubeconfig] },
    account: { current: null, changed: new parts.Change(), server: {} },
    editorProxy: () => ({ proxy: '', noProxy: [] }),
    serverKeys: new parts.ServerKeys(),
    log: () => undefined,
  })
  registries.push(registry)
  await registry.ready()
  const cluster = registry.find('kube9-local')
  if (!cluster) throw new Error('The context is not there.')
  await cluster.connect()
  return cluster
}

const status = (more: object = {}) => ({
  mode: 'operated',
  tier: 'free',
  version: '0.1.0',
  health: 'healthy',
  lastUpdate: new Date().toISOString(),
  registered: false,
  error: null,
  ...more,
})

function token(changes: object = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss: new URL(serverUrl).host,
    aud: 'kube9',
    typ: 'entitlement',
    sub: clusterIdOf(identifier),
    ident: identifier,
    team: '01930000-0000-7000-8000-000000000000',
    tier: 'pro',
    features: [],
    iat,
    exp: iat + 3600,
    ...changes,
  }
  const signed = `${part({ alg: 'EdDSA', kid: 'k1' })}.${part(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), ours.privateKey).toString('base64url')}`
}

const enabled = (entitlement: string) => status({ mode: 'enabled', tier: 'pro', registered: true, entitlement })

async function publish(content: object, namespace: string = STATUS_CONFIG_MAP.defaultNamespace, labels = {}) {
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: NAME, namespace, labels },
    data: { status: JSON.stringify(content) },
  }
  await local.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(configMap) })
}

const remove = (namespace: string = STATUS_CONFIG_MAP.defaultNamespace) =>
  local.kubectl(['delete', 'configmap', NAME, '--namespace', namespace, '--ignore-not-found'])

const waitUntil = (cluster: Seen, mode: string, reason = /(?:)/, timeoutMs = 5_000) =>
  waitFor(
    `${mode} ${String(reason)}`,
    () => cluster.standing.mode === mode && reason.test(cluster.standing.reason ?? ''),
    timeoutMs,
  )

describe('where a cluster stands, without another look', () => {
  test('basic, operated, enabled, degraded and basic again, as the ConfigMap comes, changes and goes', async () => {
    const cluster = await look()
    expect(cluster.standing).toEqual({ mode: 'basic', warning: null })
    expect([cluster.identifier, cluster.clusterId]).toEqual([identifier, clusterIdOf(identifier)])
    await publish(status())
    await waitUntil(cluster, 'operated')
    expect(cluster.operatorNamespace).toBe('kube9-system')
    await publish(enabled(token()))
    await waitUntil(cluster, 'enabled')
    await publish(status({ mode: 'enabled', health: 'degraded', error: 'The API key was revoked.' }))
    await waitUntil(cluster, 'degraded', /revoked/)
    await remove()
    await waitUntil(cluster, 'basic')
  })

  test('a status that nobody writes any more turns stale by itself', async () => {
    const cluster = await look()
    await publish(status({ lastUpdate: new Date(Date.now() - 5 * 60_000 + 10_000).toISOString() }))
    await waitUntil(cluster, 'operated')
    await waitUntil(cluster, 'degraded', /not been heard of since/, 20_000)
    await remove()
  })

  test('an operator in a namespace that nobody named is found by its labels, and by nothing less', async () => {
    const cluster = await look()
    await local.kubectl(['create', 'namespace', 'platform'])
    await publish(status(), 'platform')
    await publish(status(), 'platform', { 'app.kubernetes.io/name': 'kube9-operator' })
    expect(cluster.standing.mode).toBe('basic')
    await publish(status(), 'platform', STATUS_CONFIG_MAP.labels)
    await waitUntil(cluster, 'operated')
    expect(cluster.operatorNamespace).toBe('platform')
    await remove('platform')
  })

  test('a token that was copied, changed, or comes of another server grants nothing, and each says why', async () => {
    const cluster = await look()
    await publish(enabled(token({ ident: `sha256:${'0'.repeat(64)}` })))
    await waitUntil(cluster, 'degraded', /belongs to another cluster/)
    const [header, , signature] = token().split('.')
    const forged = Buffer.from(JSON.stringify({ forged: true })).toString('base64url')
    await publish(enabled([header, forged, signature].join('.')))
    await waitUntil(cluster, 'degraded', /changed after it was signed/)
    await publish(enabled(token({ iss: 'evil.example' })))
    await waitUntil(cluster, 'degraded', /server evil\.example, and this editor trusts 127\.0\.0\.1/)
    await publish({ ...status(), mode: 'enabled', tier: 'pro', registered: true })
    await waitUntil(cluster, 'degraded', /shows no entitlement/)
    await publish(enabled(token({ exp: Math.floor(Date.now() / 1000) - 50 })))
    await waitUntil(cluster, 'enabled')
    await waitUntil(cluster, 'degraded', /has ended/, 20_000)
    await remove()
  })
})

describe('who may not everything', () => {
  /** Lets a ServiceAccount do what the rules say, and nothing else. */
  async function allow(name: string, rules: { role: object[]; clusterRole?: object[] }): Promise<void> {
    const [namespace, account] = ['kube9-system', { kind: 'ServiceAccount', name, namespace: 'default' }]
    const bind = (kind: string, list: object[], where: object) => [
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name, ...where }, rules: list },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: `${kind}Binding`,
        metadata: { name, ...where },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
        subjects: [account],
      },
    ]
    const items = [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } },
      ...bind('Role', rules.role, { namespace }),
      ...bind('ClusterRole', rules.clusterRole ?? [], {}),
    ]
    await local.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) })
  }

  /** Its kubeconfig. Another token would be another context to the editor. */
  async function kubeconfigOf(name: string): Promise<string> {
    const bearer = (await local.kubectl(['create', 'token', name, '--namespace', 'default'])).trim()
    const config = JSON.parse(await local.kubectl(['config', 'view', '--raw', '-o=json'])) as { users: object[] }
    const path = join(folder, name)
    await writeFile(path, JSON.stringify({ ...config, users: [{ name: 'kube9-local', user: { token: bearer } }] }))
    return path
  }

  const configMaps = (verbs: string[]) => ({ apiGroups: [''], resources: ['configmaps'], resourceNames: [NAME], verbs })
  const kubeSystem = { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] }

  test('nothing: no permission, with the rule; and that rule alone mends it', async () => {
    await publish(status())
    await allow('nothing', { role: [] })
    const cluster = await look(await kubeconfigOf('nothing'))
    expect(cluster.standing).toMatchObject({
      mode: 'forbidden',
      reason: expect.stringContaining('kube9-system'),
      rbac: `{apiGroups: [""], resources: ["configmaps"], resourceNames: ["${NAME}"], verbs: ["get", "list", "watch"]}`,
    })
    await allow('nothing', { role: [configMaps(['get', 'list', 'watch'])] })
    await cluster.refresh()
    await waitUntil(cluster, 'operated')
    await publish(status({ health: 'unhealthy', error: 'Shutting down' }))
    await waitUntil(cluster, 'degraded', /Shutting down/)
  })

  test('not the identity of the cluster: Pro cannot be proven, with the rule; and that rule alone mends it', async () => {
    await publish(enabled(token()))
    const role = [configMaps(['get', 'list', 'watch'])]
    await allow('unidentified', { role })
    const cluster = await look(await kubeconfigOf('unidentified'))
    await waitUntil(cluster, 'degraded', /may not read the namespace kube-system/)
    expect(cluster.standing).toMatchObject({ mend: 'copy-rbac', rbac: expect.stringContaining('"kube-system"') })
    await allow('unidentified', { role, clusterRole: [kubeSystem] })
    await cluster.refresh()
    await waitUntil(cluster, 'enabled')
    await remove()
  })

  test('no lists: each says the rule that is missing', async () => {
    await allow('no-lists', { role: [] })
    const cluster = await look(await kubeconfigOf('no-lists'))
    const list = new parts.ObjectList(cluster.api, kindOf('Deployment'), 'shop')
    await list.load()
    expect(list.fault).toMatchObject({
      fault: 'forbidden',
      rbac: '{apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"]}',
    })
  })
})

function kindOf(kind: string): Kind {
  const found = parts.sections.flatMap((section) => section.kinds ?? [section]).find((one) => one.kind === kind)
  if (!found) throw new Error(`There is no list of ${kind}.`)
  return found
}

describe('lists', () => {
  test('come in pages of 500, whole and in order', async () => {
    await local.kubectl(['create', 'namespace', 'many'])
    await createPods(local.kubeconfigPath, 'many', 1_201)
    const { api } = await look()
    const list = new parts.ObjectList(api, kindOf('Pod'), 'many')
    await list.load()
    expect([list.objects.length, list.hasMore, list.remaining]).toEqual([500, true, 701])
    await list.loadMore(20)
    expect([list.objects.length, list.hasMore]).toEqual([1_201, false])
    const names = Array.from({ length: 1_201 }, (_, at) => `pod-${at + 1}`)
    expect(list.objects.map(({ name }) => name)).toEqual(names.toSorted())
    await list.reload()
    expect(list.objects.length).toBe(1_201)
    expect(list.objects.at(-1)).toMatchObject({ namespace: 'many', text: 'Pending · 0/1' })
  })

  test.each([
    'Node',
    'Namespace',
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'ReplicaSet',
    'Job',
    'CronJob',
    'Pod',
    'Service',
    'Ingress',
    'Event',
  ])('of %s are read from a real API server', async (kind) => {
    const { api } = await look()
    const list = new parts.ObjectList(api, kindOf(kind), null)
    await list.load()
    expect(list.fault).toBeNull()
  })

  test('of Secrets hold names, and never what an annotation repeats of the values', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'default' },
      stringData: { password: 'a-secret-value' },
    }
    await local.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(secret) })
    const { api } = await look()
    const answers: string[] = []
    const listening = {
      call: async (path: string, schema: { parse(value: unknown): unknown }, request: object) => {
        const call = api as { call(path: string, schema: object, request: object): Promise<unknown> }
        answers.push(
          JSON.stringify(await call.call(path, { safeParse: (data: unknown) => ({ success: true, data }) }, request)),
        )
        return schema.parse(JSON.parse(answers.at(-1) ?? ''))
      },
    }
    const list = new parts.ObjectList(listening, kindOf('Secret'), 'default')
    await list.load()
    expect(list.objects).toMatchObject([{ name: 'login', namespace: 'default', text: 'Opaque · 1 key' }])
    expect(answers.join()).not.toMatch(/a-secret-value|last-applied|annotations/)
    expect(answers.join()).not.toContain(Buffer.from('a-secret-value').toString('base64'))
  })
})
