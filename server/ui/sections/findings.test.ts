import { describe, expect, it } from 'vitest'
import type { ClusterMetadata, ResourceInventory } from '#contract/collection-payloads.ts'
import type { ClusterReport } from '#contract/cluster-report.ts'
import { capacityOf } from './capacity.ts'
import { findingsOf, isAllKnown } from './findings.ts'

const receivedAt = '2026-11-26T10:00:00.000Z'
const saltId = `salt_${'0'.repeat(16)}`
const id = (kind: string, digit: string) => `${kind}-${digit.repeat(24)}`
const envelope = {
  collectionId: `coll_${'0'.repeat(32)}`,
  timestamp: receivedAt,
  clusterId: `cls_${'0'.repeat(32)}`,
  saltId,
  truncated: false,
}
const collected = <Data>(data: Data) => ({ receivedAt, saltId, data })

/** Two nodes, one of them short of memory; both are ready. */
function nodesReport(changes: Partial<ClusterMetadata> = {}) {
  const node = {
    role: 'worker' as const,
    ready: true,
    schedulable: true,
    kubeletVersion: 'v1.35.4',
    cpuCores: 4,
    memoryMebibytes: 16_000,
    pods: 12,
    podCapacity: 110,
  }
  const data: ClusterMetadata = {
    ...envelope,
    kubernetesVersion: 'v1.35.4',
    nodeCount: 2,
    readyNodeCount: 2,
    namespaceCount: 4,
    nodes: [
      { ...node, name: id('node', '1'), pressures: ['memory'] },
      { ...node, name: id('node', '2'), pressures: [] },
    ],
    ...changes,
  }
  return collected(data)
}

/** One workload that lacks a pod, which is in trouble. */
function workloadsReport(changes: Partial<ResourceInventory> = {}) {
  const namespace = id('namespace', 'a')
  const owner = id('deployment', '1')
  const data: ResourceInventory = {
    ...envelope,
    counts: {
      deployments: 1,
      statefulsets: 0,
      daemonsets: 0,
      replicasets: 1,
      jobs: 0,
      cronjobs: 0,
      pods: 2,
      services: 0,
    },
    podPhases: { running: 2, pending: 0, succeeded: 0, failed: 0, unknown: 0 },
    restarts: 3,
    namespaces: [{ name: namespace, pods: 2, workloads: 1 }],
    workloads: [{ kind: 'deployment', name: owner, namespace, desired: 2, ready: 1, restarts: 3, createdAt: null }],
    troubledPods: [
      {
        name: id('pod', '1'),
        namespace,
        owner,
        node: null,
        phase: 'running',
        trouble: 'CrashLoopBackOff',
        restarts: 3,
      },
    ],
    ...changes,
  }
  return collected(data)
}

const report = { cluster: { conditions: [] } } as unknown as ClusterReport
const wordsOf = (nodes: ClusterMetadata, workloads: ResourceInventory) =>
  findingsOf({ report, nodes: collected(nodes), workloads: collected(workloads) }).map(({ text }) => text)

describe('what needs a look', () => {
  it('is counted in lists that are whole', () => {
    expect(wordsOf(nodesReport().data, workloadsReport().data)).toEqual([
      '1 node is short of a resource.',
      '1 pod is in trouble.',
      '1 workload has fewer ready pods than it should.',
    ])
  })

  it('is a least number where a list was cut, except of nodes that are not ready, whose total is known', () => {
    const nodes = nodesReport({ truncated: true, nodeCount: 6_000, readyNodeCount: 5_993 })
    expect(wordsOf(nodes.data, workloadsReport({ truncated: true }).data)).toEqual([
      '7 nodes are not ready.',
      'At least 1 node is short of a resource.',
      'At least 1 pod is in trouble.',
      'At least 1 workload has fewer ready pods than it should.',
    ])
  })

  it('is known to be nothing only when both lists are there and whole', () => {
    const [nodes, workloads] = [nodesReport(), workloadsReport()]
    expect(isAllKnown({ nodes, workloads })).toBe(true)
    expect(isAllKnown({ nodes, workloads: null })).toBe(false)
    expect(isAllKnown({ nodes: null, workloads })).toBe(false)
    expect(isAllKnown({ nodes: nodesReport({ truncated: true }), workloads })).toBe(false)
    expect(isAllKnown({ nodes, workloads: workloadsReport({ truncated: true }) })).toBe(false)
  })
})

describe('what all nodes have together', () => {
  it('is the sum of a whole list, and not known when it is missing or was cut', () => {
    expect(capacityOf(nodesReport())).toEqual({ cpuCores: 8, memoryMebibytes: 32_000 })
    expect(capacityOf(nodesReport({ truncated: true }))).toBeNull()
    expect(capacityOf(null)).toBeNull()
  })
})
