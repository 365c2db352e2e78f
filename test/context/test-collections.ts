import { randomUUID } from 'node:crypto'
import type { ClusterMetadata, ConfigurationPatterns, ResourceInventory } from '#contract/collection-payloads.ts'
import type { Collection } from '#contract/collections.ts'

const timestamp = '2026-11-23T10:00:00.000Z'
const SALT_ID = 'salt_0123456789abcdef'
const pseudonym = (kind: string, digit: string) => `${kind}-${digit.repeat(24)}`

function envelope() {
  const collectionId = `coll_${randomUUID().replaceAll('-', '')}`
  return { collectionId, timestamp, clusterId: `cls_${'0'.repeat(32)}`, saltId: SALT_ID, truncated: false }
}

function collection(type: Collection['type'], data: Collection['data']): Collection {
  return { version: 'v1.0.0', type, data, sanitization: { rulesApplied: ['pseudonyms'], timestamp } }
}

/** What our operator sends of nodes. */
export function clusterMetadata(fields: Partial<ClusterMetadata> = {}): Collection {
  const node: ClusterMetadata['nodes'][number] = {
    name: pseudonym('node', 'a'),
    role: 'worker',
    ready: true,
    schedulable: true,
    pressures: [],
    kubeletVersion: 'v1.35.4',
    cpuCores: 4,
    memoryMebibytes: 16_000,
    pods: 12,
    podCapacity: 110,
  }
  const data: ClusterMetadata = {
    ...envelope(),
    kubernetesVersion: 'v1.35.4',
    nodeCount: 1,
    readyNodeCount: 1,
    namespaceCount: 4,
    nodes: [node],
    ...fields,
  }
  return collection('cluster-metadata', data)
}

/** What our operator sends of workloads. */
export function resourceInventory(fields: Partial<ResourceInventory> = {}): Collection {
  const namespace = pseudonym('namespace', 'b')
  const data: ResourceInventory = {
    ...envelope(),
    counts: {
      deployments: 1,
      statefulsets: 0,
      daemonsets: 0,
      replicasets: 1,
      jobs: 0,
      cronjobs: 0,
      pods: 3,
      services: 1,
    },
    podPhases: { running: 2, pending: 1, succeeded: 0, failed: 0, unknown: 0 },
    restarts: 5,
    namespaces: [{ name: namespace, pods: 3, workloads: 1 }],
    workloads: [
      {
        kind: 'deployment',
        name: pseudonym('deployment', 'c'),
        namespace,
        desired: 3,
        ready: 2,
        restarts: 5,
        createdAt: timestamp,
      },
    ],
    troubledPods: [],
    ...fields,
  }
  return collection('resource-inventory', data)
}

/** What our operator sends of how workloads are configured. */
export function configurationPatterns(fields: Partial<ConfigurationPatterns> = {}): Collection {
  const data: ConfigurationPatterns = {
    ...envelope(),
    containers: {
      total: 3,
      withoutCpuRequest: 1,
      withoutMemoryRequest: 1,
      withoutCpuLimit: 2,
      withoutMemoryLimit: 2,
      withoutReadinessProbe: 1,
      withoutLivenessProbe: 1,
      privileged: 0,
      mayRunAsRoot: 2,
      writableRootFilesystem: 3,
      movingTag: 1,
    },
    pods: { total: 3, hostNetwork: 0, hostPath: 0, defaultServiceAccount: 2 },
    requests: { cpuCores: 0.5, memoryMebibytes: 200 },
    limits: { cpuCores: 1, memoryMebibytes: 400 },
    services: { ClusterIP: 1, NodePort: 0, LoadBalancer: 0, ExternalName: 0 },
    replicas: { one: 0, several: 1, none: 0 },
    ...fields,
  }
  return collection('resource-configuration-patterns', data)
}
