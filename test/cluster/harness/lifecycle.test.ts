import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { createCertificateAuthority } from '#scripts/cluster/authority.ts'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import { fixtureImages } from './fixture/images.ts'

const WAIT = { timeout: 20_000, interval: 100 }
/** The sandbox and its first process, etcd, the API server, the controllers and the scheduler. */
const PROGRAMS_OF_A_CLUSTER = 6
const OWNER = fileURLToPath(new URL('fixture/own-cluster.ts', import.meta.url))

/** All processes below one, whatever namespace they are in. */
function descendantsOf(root: number): number[] {
  const parents = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .map((pid) => [pid, parentOf(pid)] as const)
  const found = new Set([root])
  let size = 0
  while (size < found.size) {
    size = found.size
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid)
  }
  found.delete(root)
  return [...found]
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return 0
  }
}

function alive(pids: number[]): number[] {
  return pids.filter((pid) => existsSync(`/proc/${pid}`))
}

test('two clusters run side by side, and each ends without a trace', async () => {
  const clusters = await Promise.all([startCluster({ name: 'left' }), startCluster({ name: 'right' })])
  const [left, right] = clusters
  const folders = clusters.map(({ kubeconfigPath }) => dirname(kubeconfigPath))
  await left.kubectl(['create', 'namespace', 'only-left'])
  await expect(right.kubectl(['get', 'namespace', 'only-left'])).rejects.toThrow('not found')
  const processes = descendantsOf(process.pid)
  expect(processes.length).toBeGreaterThanOrEqual(2 * PROGRAMS_OF_A_CLUSTER)
  await left.stop()
  expect(await right.kubectl(['get', 'nodes', '-o', 'name'])).toBe('node/n1\n')
  await right.stop()
  expect(alive(processes)).toEqual([])
  expect(folders.filter((folder) => existsSync(folder))).toEqual([])
})

test('a cluster whose owner is killed ends with it', async () => {
  const owner = spawn(process.execPath, [OWNER], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    const [kubeconfigPath] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string]
    const processes = descendantsOf(owner.pid ?? 0)
    expect(processes.length).toBeGreaterThanOrEqual(PROGRAMS_OF_A_CLUSTER)
    owner.kill('SIGKILL')
    await vi.waitFor(() => {
      expect(alive(processes)).toEqual([])
      expect(existsSync(dirname(kubeconfigPath))).toBe(false)
    }, WAIT)
  } finally {
    owner.kill('SIGKILL')
  }
})

test('nodes without a machine are Ready and take the workloads that tolerate them', async () => {
  const cluster = await startCluster({ nodes: { kwok: 2 } })
  try {
    expect(await cluster.kubectl(['get', 'nodes', '-o', 'name'])).toBe('node/n1\nnode/n2\nnode/n3\n')
    const spec = { nodeSelector: { type: 'kwok' }, tolerations: [{ operator: 'Exists' }] }
    const overrides = `--overrides=${JSON.stringify({ spec })}`
    await cluster.kubectl(['run', 'idle', '--image=example.test/idle:1', overrides])
    await cluster.kubectl(['wait', '--for=condition=Ready', 'pod/idle', '--timeout=30s'])
  } finally {
    await cluster.stop()
  }
})

test('a pod reaches a server outside by name, over TLS of a test authority', async () => {
  const authority = createCertificateAuthority('test authority')
  const { certPem: cert, keyPem: key } = authority.issue({ names: ['outside.test'], addresses: [] })
  const server = createServer((req, res) => res.end(`you asked ${req.headers.host}`))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const cluster = await startCluster({
    images: fixtureImages,
    hosts: { 'outside.test': '10.244.0.1' },
    forwards: [{ name: 'outside', listen: '10.244.0.1:8443', to: { host: '127.0.0.1', port }, tls: { cert, key } }],
  })
  try {
    await cluster.kubectl(['create', 'configmap', 'authority', `--from-literal=ca.crt=${authority.caPem}`])
    await cluster.kubectl(['apply', '-f', '-'], { stdin: JSON.stringify(askingPod('https://outside.test:8443/')) })
    await cluster.kubectl(['wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/asking', '--timeout=30s'])
    expect(await cluster.podLogs('default', 'app=asking')).toEqual(['you asked outside.test:8443'])
    const traffic = await cluster.podTraffic({ namespace: 'default', pod: 'asking' })
    expect(traffic).toMatchObject({ tcpConnectsAttempted: 1, tcpToApiServer: 0, tcpToOthers: { outside: 1 } })
  } finally {
    await cluster.stop()
    server.close()
  }
})

function askingPod(url: string): object {
  const volumeMounts = [{ name: 'authority', mountPath: '/etc/authority' }]
  const command = ['/app/fixture.mjs', 'fetch', url, '/etc/authority/ca.crt']
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'asking', labels: { app: 'asking' } },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'asking', image: 'kube9.test/fixture:1', command, volumeMounts }],
      volumes: [{ name: 'authority', configMap: { name: 'authority' } }],
    },
  }
}
