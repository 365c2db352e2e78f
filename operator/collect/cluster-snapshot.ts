import { z } from 'zod'
import type { DashboardData } from '#contract/dashboard-data.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { countObjects } from './count-objects.ts'
import { readNodes } from './nodes.ts'
import type { NodeTotals } from './nodes.ts'

export type WorkloadCounts = DashboardData['workloads']

/** What the operator knows of the cluster: totals alone, never an object. */
export interface ClusterSnapshot {
  kubernetesVersion: string
  nodes: NodeTotals
  namespaceCount: number
  workloads: WorkloadCounts
  takenAt: Date
}

const workloadPaths: Record<keyof WorkloadCounts, string> = {
  deployments: '/apis/apps/v1/deployments',
  statefulsets: '/apis/apps/v1/statefulsets',
  daemonsets: '/apis/apps/v1/daemonsets',
  replicasets: '/apis/apps/v1/replicasets',
  jobs: '/apis/batch/v1/jobs',
  cronjobs: '/apis/batch/v1/cronjobs',
  pods: '/api/v1/pods',
}

const versionSchema = z.object({ gitVersion: z.string() })

/** One list after the other, so that only one page is in memory. Throws a `KubernetesError`. */
export async function takeSnapshot(api: KubernetesApi): Promise<ClusterSnapshot> {
  const { gitVersion } = await api.call('/version', versionSchema)
  const nodes = await readNodes(api)
  const namespaceCount = await countObjects(api, '/api/v1/namespaces')
  const workloads: WorkloadCounts = {
    deployments: 0,
    statefulsets: 0,
    daemonsets: 0,
    replicasets: 0,
    jobs: 0,
    cronjobs: 0,
    pods: 0,
  }
  for (const kind of Object.keys(workloadPaths) as (keyof WorkloadCounts)[]) {
    workloads[kind] = await countObjects(api, workloadPaths[kind])
  }
  return { kubernetesVersion: gitVersion, nodes, namespaceCount, workloads, takenAt: new Date() }
}
