import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Change } from '../change.ts'
import { KubeconfigRegistry } from './kubeconfig-registry.ts'
import { ServerKeys } from './server-keys.ts'

let folder: string
let registry: KubeconfigRegistry
const file = () => join(folder, 'config')

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube9-registry-'))
  registry = new KubeconfigRegistry({
    settings: { serverUrl: 'https://api.example', portalUrl: '', operatorNamespaces: [], kubeconfigFiles: [file()] },
    account: { current: null, changed: new Change(), server: {} as never },
    editorProxy: () => ({ proxy: '', noProxy: [] }),
    serverKeys: new ServerKeys(),
    log: () => undefined,
  })
})
afterEach(async () => {
  registry.dispose()
  await rm(folder, { recursive: true })
})

async function write(current: string, servers: Record<string, string>): Promise<void> {
  const names = Object.keys(servers)
  const config = {
    'current-context': current,
    clusters: names.map((name) => ({ name, cluster: { server: servers[name] } })),
    users: names.map((name) => ({ name, user: { token: 'secret-token' } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
  }
  await writeFile(`${file()}.new`, JSON.stringify(config))
  await rename(`${file()}.new`, file())
}

const names = () => registry.clusters.map(({ context }) => context.name)

/** How long it takes, in ms, until these contexts and no others are there. */
async function shownAfterMs(...expected: string[]): Promise<number> {
  const beganAt = performance.now()
  await vi.waitFor(() => expect(names()).toEqual(expected), { interval: 10 })
  return performance.now() - beganAt
}

test('a change of the file shows within a second, and leaves the clusters that it does not touch', async () => {
  await write('a', { a: 'https://a.example', b: 'https://b.example' })
  await registry.ready()
  const [a, b] = registry.clusters
  await write('a', { a: 'https://a.example' })
  const durations = [await shownAfterMs('a')]
  await write('b', { a: 'https://a.example', b: 'https://moved.example', c: 'https://c.example' })
  durations.push(await shownAfterMs('a', 'b', 'c'))
  // The quicker of two: a machine that is elsewhere for a second says nothing of the watch.
  expect(Math.min(...durations)).toBeLessThan(1_000)
  expect(registry.find('a')).toBe(a)
  expect(registry.find('b')).not.toBe(b)
  expect(registry.clusters.map(({ context }) => context.isCurrent)).toEqual([false, true, false])
})

test('a file that comes to be, and one that goes, show within a second', async () => {
  await registry.ready()
  expect(names()).toEqual([])
  await write('a', { a: 'https://a.example' })
  const durations = [await shownAfterMs('a')]
  await rm(file())
  durations.push(await shownAfterMs())
  expect(Math.min(...durations)).toBeLessThan(1_000)
})

test('no packet leaves before somebody connects', async () => {
  await write('a', { a: 'https://a.example' })
  await registry.ready()
  expect(registry.clusters[0]?.standing).toEqual({ mode: 'unseen' })
})

test('a cluster that the kubeconfig has lost is asked no more, also by who waited for its turn', async () => {
  await write('a', { a: 'http://127.0.0.1:1' })
  await registry.ready()
  const [lost] = registry.clusters
  await write('a', { a: 'http://127.0.0.1:2' })
  await vi.waitFor(() => expect(registry.clusters[0]).not.toBe(lost), { interval: 10 })
  await lost?.connect()
  await lost?.refresh()
  expect(lost?.standing).toEqual({ mode: 'unseen' })
})

test('another namespace in the context leaves its cluster, shows in it, and runs no plugin again', async () => {
  const runs = join(folder, 'runs')
  const told = '{"status": {"token": "secret-token"}}'
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: '/bin/sh',
    args: ['-c', `echo run >> '${runs}'; echo '${told}'`],
  }
  const choose = (namespace: string) =>
    writeFile(
      file(),
      JSON.stringify({
        'current-context': 'a',
        clusters: [{ name: 'a', cluster: { server: 'http://127.0.0.1:1' } }],
        users: [{ name: 'a', user: { exec } }],
        contexts: [{ name: 'a', context: { cluster: 'a', user: 'a', namespace } }],
      }),
    )
  await choose('shop')
  await registry.ready()
  const cluster = registry.find('a')
  await cluster?.connect()
  const standing = cluster?.standing
  const seen: (string | null | undefined)[] = []
  cluster?.changed.listen(() => seen.push(cluster.context.namespace))
  await choose('payments')
  await vi.waitFor(() => expect(registry.find('a')?.context.namespace).toBe('payments'), { interval: 10 })
  expect(registry.find('a')).toBe(cluster)
  expect(cluster?.standing).toBe(standing)
  expect(seen).toEqual(['payments'])
  await cluster?.refresh()
  expect(await readFile(runs, 'utf8')).toBe('run\n')
})

test('a plugin that failed runs again when a person wants it, and not for what the editor does by itself', async () => {
  const runs = join(folder, 'runs')
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: '/bin/sh',
    args: ['-c', `echo run >> '${runs}'; exit 1`],
  }
  const config = {
    clusters: [{ name: 'a', cluster: { server: 'http://127.0.0.1:1' } }],
    users: [{ name: 'a', user: { exec } }],
    contexts: [{ name: 'a', context: { cluster: 'a', user: 'a' } }],
  }
  await writeFile(file(), JSON.stringify(config))
  await registry.ready()
  const [cluster] = registry.clusters
  await cluster?.connect()
  expect(cluster?.standing).toMatchObject({ mode: 'unreachable', reason: expect.stringContaining('“/bin/sh” failed') })
  for (let turn = 0; turn < 5; turn++) await cluster?.refresh()
  expect(await readFile(runs, 'utf8')).toBe('run\n')
  cluster?.allowSignIn()
  await cluster?.refresh()
  expect(await readFile(runs, 'utf8')).toBe('run\nrun\n')
})

test('what a cluster tells of itself holds no credential', async () => {
  await write('a', { a: 'https://a.example' })
  await registry.ready()
  const [cluster] = registry.clusters
  expect(JSON.stringify([cluster, cluster?.context, cluster?.api])).not.toContain('secret-token')
})
