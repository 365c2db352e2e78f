import { describe, expect, test } from 'vitest'
import {
  clusterMetadataSchema,
  configurationPatternsSchema,
  resourceInventorySchema,
} from '#contract/collection-payloads.ts'
import { COLLECTION_MAX_BYTES, collectionSchema, collectionTypes } from '#contract/collections.ts'
import { createPseudonymizer } from '#contract/pseudonyms.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { makeCollection } from './make-collection.ts'
import type { CollectionType } from './make-collection.ts'
import { PLANTED, plantedCluster } from './planted-cluster.ts'

const pseudonymizer = await createPseudonymizer('ab'.repeat(32))
const clusterId = `cls_${'0'.repeat(32)}`
const collect = (type: CollectionType, api: KubernetesApi = plantedCluster()) =>
  makeCollection(type, { api, pseudonymizer, clusterId })
const nameOf = (kind: 'node' | 'deployment' | 'cronjob' | 'pod' | 'namespace', name: string) =>
  pseudonymizer.pseudonymOf({ kind, namespace: ['node', 'namespace'].includes(kind) ? null : 'acme-payroll', name })

describe.each(collectionTypes)('a %s', (type) => {
  test('is of the contract, for its cluster and under its salt', async () => {
    const collection = await collect(type)
    expect(collectionSchema.parse(collection)).toEqual(collection)
    expect(collection.data).toMatchObject({ clusterId, saltId: pseudonymizer.saltId, truncated: false })
  })

  test('holds no name, label, annotation, image, tag, value, address or path of the cluster', async () => {
    const text = JSON.stringify(await collect(type)).toLowerCase()
    for (const planted of PLANTED) expect(text).not.toContain(planted)
  })

  test('has an id of its own each time', async () => {
    expect((await collect(type)).data.collectionId).not.toBe((await collect(type)).data.collectionId)
  })
})

test('nodes are told with their role, state and rounded size', async () => {
  const data = clusterMetadataSchema.parse((await collect('cluster-metadata')).data)
  expect(data).toMatchObject({ kubernetesVersion: 'v1.35.4', nodeCount: 2, readyNodeCount: 1, namespaceCount: 2 })
  expect(data.nodes[0]).toEqual({
    name: await nameOf('node', 'acme-node-1'),
    role: 'control-plane',
    ready: true,
    schedulable: false,
    pressures: ['memory'],
    kubeletVersion: 'v1.35.4',
    cpuCores: 7.9,
    memoryMebibytes: 16_000,
    pods: 3,
    podCapacity: 110,
  })
  expect(data.nodes[1]).toMatchObject({ role: 'worker', ready: false, schedulable: true, kubeletVersion: 'unknown' })
})

test('workloads are told with what they want and have, and the restarts of their pods', async () => {
  const data = resourceInventorySchema.parse((await collect('resource-inventory')).data)
  expect(data.counts).toEqual({
    deployments: 2,
    statefulsets: 1,
    daemonsets: 1,
    replicasets: 1,
    jobs: 2,
    cronjobs: 1,
    pods: 4,
    services: 2,
  })
  expect(data.podPhases).toEqual({ running: 2, pending: 1, succeeded: 0, failed: 1, unknown: 0 })
  expect(data.restarts).toBe(8)
  const told = data.workloads.map(({ kind, desired, ready, restarts }) => [kind, desired, ready, restarts].join(' '))
  expect(told).toEqual([
    'deployment 3 1 7',
    'deployment 0 0 0',
    'statefulset 1 0 0',
    'daemonset 2 2 0',
    'cronjob 1 1 1',
    'job 2 2 0',
  ])
  expect(data.namespaces).toEqual([
    { name: await nameOf('namespace', 'acme-payroll'), pods: 4, workloads: 6 },
    { name: await nameOf('namespace', 'acme-empty'), pods: 0, workloads: 0 },
  ])
})

test('pods that are not well are told with their workload, and a reason out of the closed set', async () => {
  const { troubledPods } = resourceInventorySchema.parse((await collect('resource-inventory')).data)
  expect(troubledPods).toEqual([
    {
      name: await nameOf('pod', 'acme-ledger-7c9d4-x1'),
      namespace: await nameOf('namespace', 'acme-payroll'),
      owner: await nameOf('deployment', 'acme-ledger'),
      node: await nameOf('node', 'acme-node-1'),
      phase: 'running',
      trouble: 'CrashLoopBackOff',
      restarts: 7,
    },
    expect.objectContaining({ owner: await nameOf('cronjob', 'acme-report'), phase: 'failed', trouble: 'Other' }),
    expect.objectContaining({ owner: null, node: null, phase: 'pending', trouble: 'Unschedulable' }),
  ])
})

test('configuration is told as counts and rounded sums', async () => {
  const data = configurationPatternsSchema.parse((await collect('resource-configuration-patterns')).data)
  expect(data).toMatchObject({
    containers: {
      total: 8,
      withoutCpuRequest: 4,
      withoutMemoryRequest: 4,
      withoutCpuLimit: 8,
      withoutMemoryLimit: 4,
      withoutReadinessProbe: 8,
      withoutLivenessProbe: 8,
      privileged: 4,
      mayRunAsRoot: 8,
      writableRootFilesystem: 8,
      movingTag: 4,
    },
    pods: { total: 4, hostNetwork: 0, hostPath: 3, defaultServiceAccount: 1 },
    requests: { cpuCores: 1, memoryMebibytes: 1200 },
    limits: { cpuCores: 0, memoryMebibytes: 2000 },
    services: { ClusterIP: 1, NodePort: 0, LoadBalancer: 1, ExternalName: 0 },
    replicas: { one: 1, several: 1, none: 1 },
  })
})

describe('of a cluster that is very large', () => {
  const times = (count: number, make: (at: number) => object) => Array.from({ length: count }, (_, at) => make(at))
  const large = plantedCluster({
    '/api/v1/namespaces': times(3_000, (at) => ({ metadata: { name: `acme-${at}` } })),
    '/api/v1/nodes': times(6_000, (at) => ({
      metadata: { name: `acme-${at}` },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    })),
    '/apis/apps/v1/deployments': times(5_000, (at) => ({ metadata: { namespace: `acme-${at}`, name: 'acme-web' } })),
    '/api/v1/pods': times(7_000, (at) => ({
      metadata: { namespace: `acme-${at % 3_000}`, name: `acme-pod-${at}` },
      status: { phase: 'Failed', reason: 'Evicted' },
    })),
  })

  test.each(['cluster-metadata', 'resource-inventory'] as const)(
    'a %s stays below what the server takes, and says that it is cut',
    async (type) => {
      const collection = await collect(type, large)
      expect(Buffer.byteLength(JSON.stringify(collection))).toBeLessThan(COLLECTION_MAX_BYTES)
      expect(collection.data['truncated']).toBe(true)
    },
  )

  test('totals stay whole', async () => {
    const metadata = clusterMetadataSchema.parse((await collect('cluster-metadata', large)).data)
    expect(metadata).toMatchObject({ nodeCount: 6_000, readyNodeCount: 6_000, namespaceCount: 3_000 })
    const inventory = resourceInventorySchema.parse((await collect('resource-inventory', large)).data)
    expect(inventory).toMatchObject({ counts: { deployments: 5_000, pods: 7_000 }, podPhases: { failed: 7_000 } })
  })
})
