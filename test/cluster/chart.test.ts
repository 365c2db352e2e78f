import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { generateApiKey } from '#contract/api-key.ts'
import { operatorStatusSchema } from '#contract/operator-status.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { buildWhenStale } from '#scripts/build/build-when-stale.ts'
import { builds } from '#scripts/build/builds.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { AuditLine, Cluster } from '#scripts/cluster/start-cluster.ts'
import { ensureHelm3 } from '#scripts/parts/helm-kubectl.ts'
import { runProgram } from '#scripts/parts/run-program.ts'

const chart = fileURLToPath(new URL('../../charts/kube9-operator', import.meta.url))
const rootfs = fileURLToPath(new URL('../../dist/operator/rootfs', import.meta.url))
const logFile = fileURLToPath(new URL('../../dist/logs/operator.log', import.meta.url))
const WAIT = { timeout: 30_000, interval: 200 }

/** A server that nobody has: the operator may try, the test stays alone. */
const NOWHERE = ['--set', 'serverUrl=http://127.0.0.1:9', '--set', 'allowInsecureHttp=true']

/** Written by Kubernetes into every namespace, with or without a release. */
const ALWAYS_THERE = new Set(['configmap/kube-root-ca.crt', 'serviceaccount/default'])
const KINDS = 'all,configmap,secret,serviceaccount,role,rolebinding,poddisruptionbudget,networkpolicy,job,pvc'

let cluster: Cluster
let namespace: string
let count = 0

beforeAll(async () => {
  await buildWhenStale(builds.operator, { logFile })
  cluster = await startCluster({ images: { 'ghcr.io/alto9/kube9-operator': { rootfs } } })
})
afterAll(() => cluster?.stop())

beforeEach(async () => {
  count += 1
  namespace = `kube9-${count}`
  await cluster.kubectl(['create', 'namespace', namespace])
  await cluster.kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted'])
})

// A release of the same name in another namespace would claim the same ClusterRole.
afterEach(async () => {
  const args = ['uninstall', 'kube9-operator', '--namespace', namespace, '--ignore-not-found', '--no-hooks', '--wait']
  await cluster.helm(args)
})

const inNamespace = (...args: string[]): Promise<string> => cluster.kubectl([...args, '--namespace', namespace])
const release = (verb: 'install' | 'upgrade', ...args: string[]): Promise<string> =>
  cluster.helm([verb, 'kube9-operator', chart, '--namespace', namespace, '--wait', '--timeout', '60s', ...args])

async function uninstall(): Promise<void> {
  await cluster.helm(['uninstall', 'kube9-operator', '--namespace', namespace, '--wait'])
  await inNamespace('wait', '--for=delete', 'pod', '--all', '--timeout=30s')
}

async function makeKeyByHand(key = generateApiKey('prod')): Promise<string> {
  const metadata = { name: 'kube9-operator-config', namespace }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { apiKey: key } }
  await cluster.kubectl(['create', '--filename=-'], { stdin: JSON.stringify(secret) })
  return key
}

async function status(): Promise<OperatorStatus> {
  const text = await inNamespace('get', 'configmap', 'kube9-operator-status', '--output=jsonpath={.data.status}')
  return operatorStatusSchema.parse(JSON.parse(text))
}

async function dataOf(secret: string): Promise<Record<string, string> | undefined> {
  const text = await inNamespace('get', 'secret', secret, '--output=json')
  return (JSON.parse(text) as { data?: Record<string, string> }).data
}

/** Everything that is in the namespace, and of the release across the cluster. */
async function whatIsLeft(): Promise<string[]> {
  const inside = await inNamespace('get', KINDS, '--output=name')
  const across = await cluster.kubectl(['get', 'clusterrole,clusterrolebinding', '--output=name'])
  const names = [...inside.split('\n'), ...across.split('\n').filter((name) => name.includes('kube9'))]
  return names.filter((name) => name !== '' && !ALWAYS_THERE.has(name))
}

/** Kubernetes itself removes a Job's pod and a Deployment's ReplicaSets a moment later. */
async function expectNothingLeft(...but: string[]): Promise<void> {
  await vi.waitFor(async () => expect(await whatIsLeft()).toEqual(but), WAIT)
}

describe('without a key, in a namespace that enforces the restricted standard', () => {
  test('it installs, is ready, and publishes operated mode', async () => {
    await release('install')
    await vi.waitFor(async () => expect(await status()).toMatchObject({ mode: 'operated', health: 'healthy' }), WAIT)
    expect(await status()).toMatchObject({ tier: 'free', apiKeyConfigured: false, error: null, namespace })
    await uninstall()
    await expectNothingLeft()
  })

  test('the rights granted are the rights used, and nothing that is asked for is refused', async () => {
    await release('install')
    await vi.waitFor(async () => expect((await status()).health).toBe('healthy'), WAIT)
    const granted = await grantedRights()
    const expected = granted.filter((right) => !USED_LATER.includes(right))
    await vi.waitFor(async () => expect(usedOf(granted, await cluster.audit())).toEqual(expected), WAIT)
    expect(granted).toEqual(expect.arrayContaining(USED_LATER))
    expect(requestsOf(await cluster.audit()).filter(({ responseStatus }) => responseStatus?.code === 403)).toEqual([])
    await uninstall()
  })
})

describe('with a key made by hand', () => {
  test('it takes that key, leaves it as it is through an upgrade, and takes it along when it goes', async () => {
    const key = await makeKeyByHand()
    await release('install', ...NOWHERE)
    await vi.waitFor(async () => expect(await status()).toMatchObject({ mode: 'enabled' }), WAIT)
    await release('upgrade', '--reuse-values', '--set', 'logLevel=debug')
    expect(Buffer.from((await dataOf('kube9-operator-config'))?.['apiKey'] ?? '', 'base64').toString()).toBe(key)
    await uninstall()
    await expectNothingLeft()
  })

  test('a key in the values does not overwrite it: helm says what to do, and nothing changes', async () => {
    const key = await makeKeyByHand()
    await expect(release('install', '--set', `apiKey=${generateApiKey('prod')}`)).rejects.toThrow(
      'Leave apiKey empty to use it, or delete the Secret first.',
    )
    expect(Buffer.from((await dataOf('kube9-operator-config'))?.['apiKey'] ?? '', 'base64').toString()).toBe(key)
  })

  test('a Secret of the user’s own name stays after the uninstall', async () => {
    await inNamespace('create', 'secret', 'generic', 'my-own', `--from-literal=apiKey=${generateApiKey('prod')}`)
    await release('install', ...NOWHERE, '--set', 'existingSecret=my-own')
    await vi.waitFor(async () => expect(await status()).toMatchObject({ mode: 'enabled' }), WAIT)
    await uninstall()
    await expectNothingLeft('secret/my-own')
  })
})

describe('what the operator wrote', () => {
  test.each(['helm 4', 'helm 3'])(
    'outlives upgrades and rollbacks by %s, and goes with the release',
    async (version) => {
      const helm = await helmOf(version)
      await helm('install')
      for (const secret of ['kube9-operator-names', 'kube9-operator-state']) {
        await inNamespace('patch', 'secret', secret, '--type=merge', '--patch={"data":{"kept":"eWVz"}}')
      }
      await helm('upgrade', '--set', 'logLevel=debug')
      await cluster.helm(['rollback', 'kube9-operator', '1', '--namespace', namespace, '--wait', '--timeout', '60s'])
      expect(await dataOf('kube9-operator-names')).toMatchObject({ kept: 'eWVz' })
      expect(await dataOf('kube9-operator-state')).toMatchObject({ kept: 'eWVz' })
      await uninstall()
      await expectNothingLeft()
    },
  )
})

describe('after the public chart', () => {
  test('a status that its operator left behind is taken over, and goes with the release', async () => {
    await inNamespace('create', 'configmap', 'kube9-operator-status', '--from-literal=status={}')
    await release('install')
    await vi.waitFor(async () => expect(await status()).toMatchObject({ mode: 'operated' }), WAIT)
    await uninstall()
    await expectNothingLeft()
  })
})

async function helmOf(version: string): Promise<(verb: 'install' | 'upgrade', ...args: string[]) => Promise<string>> {
  const old = version === 'helm 3' ? await ensureHelm3(console.error) : null
  if (!old) return release
  return (verb, ...args) =>
    runProgram(
      old.helm,
      [verb, 'kube9-operator', chart, '--namespace', namespace, '--wait', '--timeout', '60s', ...args],
      { env: cluster.environment },
    )
}

type Rule = { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] }

/** One line for each single right of the release: `verb group/resource[/name]`. */
async function grantedRights(): Promise<string[]> {
  const role = JSON.parse(await inNamespace('get', 'role', 'kube9-operator', '--output=json')) as { rules: Rule[] }
  const clusterRole = JSON.parse(await cluster.kubectl(['get', 'clusterrole', 'kube9-operator', '--output=json'])) as {
    rules: Rule[]
  }
  return [...role.rules, ...clusterRole.rules]
    .flatMap(({ apiGroups, resources, resourceNames = [''], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) => verbs.map((verb) => `${verb} ${group}/${resource}/${name}`)),
        ),
      ),
    )
    .toSorted()
}

/** Rights that wait for a key, in the order of `grantedRights`; operator-collections.test.ts sees them used. */
const USED_LATER = ['list /services/', 'patch /secrets/kube9-operator-state']

/** Of these rights, those that a request of the operator was allowed by. */
function usedOf(granted: readonly string[], audit: readonly AuditLine[]): string[] {
  const requests = requestsOf(audit).map(
    ({ verb, objectRef }) => `${verb} ${objectRef?.apiGroup ?? ''}/${objectRef?.resource}/${objectRef?.name ?? ''}`,
  )
  return granted.filter((right) => requests.some((request) => request === right || right === withoutName(request)))
}

function requestsOf(audit: readonly AuditLine[]): AuditLine[] {
  return audit.filter(({ user }) => user.username === `system:serviceaccount:${namespace}:kube9-operator`)
}

function withoutName(request: string): string {
  return request.slice(0, request.lastIndexOf('/') + 1)
}
