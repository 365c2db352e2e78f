import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startCluster } from '#scripts/cluster/start-cluster.ts'
import type { Cluster } from '#scripts/cluster/start-cluster.ts'
import { fixtureChart, fixtureImages } from './fixture/images.ts'

const NAMESPACE = 'fixture'
const WAIT = { timeout: 30_000, interval: 100 }

interface PodSummary {
  metadata: { name: string; uid: string }
  status: { containerStatuses: { restartCount: number; ready: boolean; lastState: object }[] }
}

let cluster: Cluster

async function getPod(): Promise<PodSummary> {
  const output = await cluster.kubectl(['get', 'pods', '-n', NAMESPACE, '-l', 'app=fixture', '-o', 'json'])
  const [pod] = (JSON.parse(output) as { items: PodSummary[] }).items
  if (!pod) throw new Error('the fixture has no pod')
  return pod
}

async function inContainer(...command: string[]): Promise<string> {
  const pod = (await getPod()).metadata.name
  const target = { namespace: NAMESPACE, pod, container: 'fixture' }
  const result = await cluster.exec({ ...target, command: ['/app/fixture.mjs', ...command] })
  if (result.exitCode !== 0) throw new Error(result.stderr)
  return result.stdout.trim()
}

beforeAll(async () => {
  cluster = await startCluster({ images: fixtureImages, onLog: console.log })
  await cluster.kubectl(['create', 'namespace', NAMESPACE])
  await cluster.kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=restricted'])
  await cluster.helm(['install', 'fixture', fixtureChart, '--namespace', NAMESPACE, '--wait', '--timeout', '60s'])
})

afterAll(() => cluster?.stop())

describe('a workload installed by helm', () => {
  test('is available, and its process is as its pod says', async () => {
    const seen = JSON.parse(await inContainer('describe'))
    const pod = await getPod()
    expect(seen).toMatchObject({
      hostname: pod.metadata.name,
      capabilities: '0000000000000000',
      noNewPrivileges: '1',
      message: 'first',
      writeToRoot: 'EROFS',
      writeToVolume: 'ok',
      readToken: 'ok',
      environment: { POD_NAMESPACE: NAMESPACE, MESSAGE: 'first', GREETING: `hello from ${NAMESPACE}` },
    })
    expect(seen.environment).not.toHaveProperty('KUBECONFIG')
    expect(seen.root).not.toContain('work')
  })

  test.runIf(process.getuid?.() === 0)('runs as the user and groups that its pod names', async () => {
    expect(JSON.parse(await inContainer('describe'))).toMatchObject({
      uid: 1000,
      groups: expect.arrayContaining([2000]),
    })
  })

  test('is allowed by RBAC what its role says, and nothing else', async () => {
    expect(await inContainer('ask', `/api/v1/namespaces/${NAMESPACE}/configmaps`)).toBe('200')
    expect(await inContainer('ask', `/api/v1/namespaces/${NAMESPACE}/secrets`)).toBe('403')
    const line = await vi.waitFor(async () => {
      const lines = await cluster.audit()
      const found = lines.find(
        ({ user, objectRef }) => user.username.endsWith(':fixture') && objectRef?.resource === 'secrets',
      )
      if (!found) throw new Error('the refusal is not in the audit log')
      return found
    }, WAIT)
    expect(line).toMatchObject({ verb: 'list', responseStatus: { code: 403 } })
  })

  test('is counted: what it sends to the API server, and what it sends elsewhere', async () => {
    const pod = { namespace: NAMESPACE, pod: (await getPod()).metadata.name }
    const before = await cluster.podTraffic(pod)
    await inContainer('ask', '/version')
    const asked = await cluster.podTraffic(pod)
    expect(asked.tcpConnectsAttempted - before.tcpConnectsAttempted).toBe(1)
    expect(asked.tcpToApiServer - before.tcpToApiServer).toBe(1)
    await inContainer('fetch', 'https://10.244.0.1:9/')
    const strayed = await cluster.podTraffic(pod)
    expect(strayed.tcpConnectsAttempted - asked.tcpConnectsAttempted).toBe(1)
    expect(strayed.tcpToApiServer).toBe(asked.tcpToApiServer)
    expect(strayed).toMatchObject({ udpSent: 0, icmpSent: 0, ipv6Sent: 0 })
  })

  test('sees a changed Secret in its volume, without a restart', async () => {
    const before = await getPod()
    const patch = JSON.stringify({ stringData: { message: 'second' } })
    await cluster.kubectl(['patch', 'secret', 'fixture', '-n', NAMESPACE, '--patch', patch])
    await vi.waitFor(async () => expect(await inContainer('message')).toBe('second'), WAIT)
    const after = await getPod()
    expect(after.metadata.uid).toBe(before.metadata.uid)
    expect(after.status.containerStatuses[0]?.restartCount).toBe(0)
  })

  test('is started anew when its process dies, and its log tells both lives', async () => {
    const pod = (await getPod()).metadata.name
    await cluster.signalContainer({ namespace: NAMESPACE, pod, container: 'fixture', signal: 'SIGKILL' })
    await vi.waitFor(async () => {
      const status = (await getPod()).status.containerStatuses[0]
      expect(status).toMatchObject({ restartCount: 1, ready: true, lastState: { terminated: { exitCode: 137 } } })
    }, WAIT)
    expect((await cluster.kubectl(['logs', '-n', NAMESPACE, pod, '--previous'])).trim()).toBe('serving, message first')
    expect((await cluster.kubectl(['logs', '-n', NAMESPACE, pod])).trim()).toBe('serving, message second')
  })

  test('ends gently, and helm leaves nothing of it', async () => {
    await cluster.helm(['uninstall', 'fixture', '--namespace', NAMESPACE, '--wait'])
    await cluster.kubectl(['wait', '--for=delete', 'pod', '-l', 'app=fixture', '-n', NAMESPACE, '--timeout=30s'])
    expect(await cluster.kubectl(['get', 'deployments,secrets,pods', '-n', NAMESPACE, '-o', 'name'])).toBe('')
    expect((await cluster.podLogs(NAMESPACE, 'app=fixture')).at(-1)).toBe('goodbye')
  })
})

describe('a namespace that enforces the restricted standard', () => {
  test('refuses a pod that may run as root', async () => {
    const run = cluster.kubectl(['run', 'root', '-n', NAMESPACE, '--image=kube9.test/fixture:1'])
    await expect(run).rejects.toThrow(/violates PodSecurity "restricted/)
  })
})

describe('a Job', () => {
  const create = (name: string, ...command: string[]) =>
    cluster.kubectl(['create', 'job', name, '--image=kube9.test/fixture:1', '--', '/app/fixture.mjs', ...command])

  test('runs to completion', async () => {
    await create('work', 'work')
    await cluster.kubectl(['wait', '--for=condition=complete', 'job/work', '--timeout=30s'])
    expect(await cluster.podLogs('default', 'batch.kubernetes.io/job-name=work')).toEqual(['work done'])
    expect((await cluster.kubectl(['logs', 'job/work'])).trim()).toBe('work done')
  })

  test('whose process fails is reported as failed, with the exit code', async () => {
    await create('fail', 'fail')
    await vi.waitFor(async () => {
      const path = '{.items[0].status.containerStatuses[0].state.terminated.exitCode}'
      const selector = 'batch.kubernetes.io/job-name=fail'
      expect(await cluster.kubectl(['get', 'pods', '-l', selector, '-o', `jsonpath=${path}`])).toBe('3')
    }, WAIT)
  })
})

describe('a pod whose image nobody named', () => {
  test('waits, and says why', async () => {
    await cluster.kubectl(['run', 'stranger', '--image=kube9.test/stranger:1'])
    await vi.waitFor(async () => {
      const path = '{.status.containerStatuses[0].state.waiting.reason}'
      expect(await cluster.kubectl(['get', 'pod', 'stranger', '-o', `jsonpath=${path}`])).toBe('ErrImagePull')
    }, WAIT)
    await cluster.kubectl(['delete', 'pod', 'stranger', '--timeout=20s'])
  })
})
