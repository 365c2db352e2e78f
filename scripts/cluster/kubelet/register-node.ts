import { arch, cpus, totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { KUBELET_PORT, MAX_POD_NETWORKS, NODE_ADDRESS } from '../addresses.ts'
import { KUBERNETES_VERSION, goArchitecture } from '#scripts/parts/control-plane/versions.ts'
import type { NodeContext } from './pod-context.ts'

const LEASE_SECONDS = 40
const RENEW_MS = 10_000
const RETRY_MS = 100

/** Makes the node known and Ready, and renews its lease until the signal aborts. */
export async function registerNode({ client, nodeName, log }: NodeContext, signal: AbortSignal): Promise<void> {
  await untilAccepted(() => client.post('/api/v1/nodes', nodeObject(nodeName)))
  await untilAccepted(() => client.patch(`/api/v1/nodes/${nodeName}/status`, { status: nodeStatus(nodeName) }))
  const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'
  await untilAccepted(() => client.post(leases, leaseObject(nodeName)))
  void renewLease(() => client.patch(`${leases}/${nodeName}`, { spec: { renewTime: microTime() } }), signal, log)
}

/** The first seconds of an API server bring refusals, until its own roles and namespaces are there. */
async function untilAccepted(request: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      await request()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await delay(RETRY_MS)
    }
  }
}

async function renewLease(renew: () => Promise<unknown>, signal: AbortSignal, log: (line: string) => void) {
  while (!signal.aborted) {
    await delay(RENEW_MS, undefined, { signal }).catch(() => undefined)
    await renew().catch((error: Error) => log(`node lease: ${error.message}`))
  }
}

function nodeObject(name: string): object {
  const labels = {
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': goArchitecture(),
  }
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } }
}

function nodeStatus(nodeName: string): object {
  const now = new Date().toISOString()
  const resources = {
    cpu: String(Math.max(4, cpus().length)),
    memory: `${Math.floor(totalmem() / 1024)}Ki`,
    pods: String(MAX_POD_NETWORKS),
  }
  const condition = (type: string, status: string, reason: string) => ({
    type,
    status,
    reason,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  })
  return {
    capacity: resources,
    allocatable: resources,
    addresses: [
      { type: 'InternalIP', address: NODE_ADDRESS },
      { type: 'Hostname', address: nodeName },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
    nodeInfo: {
      architecture: goArchitecture(),
      bootID: '',
      containerRuntimeVersion: 'kube9://1.0.0',
      kernelVersion: '',
      kubeProxyVersion: '',
      kubeletVersion: `v${KUBERNETES_VERSION}`,
      machineID: '',
      operatingSystem: 'linux',
      osImage: `local processes (${arch()})`,
      systemUUID: '',
    },
    conditions: [
      condition('Ready', 'True', 'KubeletReady'),
      condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
      condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
    ],
  }
}

function leaseObject(name: string): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name },
    spec: { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime: microTime() },
  }
}

/** A time with microseconds, as leases want it. */
function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z')
}
