import type { DashboardData } from '#contract/dashboard-data.ts'
import type { ClusterSnapshot } from '../collect/cluster-snapshot.ts'
import { cpuQuantity, memoryQuantity } from '../collect/quantity.ts'

/** The counts for the editor's overview. `pointsCollected` counts what was read since the operator started. */
export function composeDashboard(snapshot: ClusterSnapshot, pointsCollected: number): DashboardData {
  const { nodes, namespaceCount, workloads, takenAt } = snapshot
  return {
    namespaceCount,
    workloads,
    nodes: {
      totalNodes: nodes.total,
      readyNodes: nodes.ready,
      cpuCapacity: cpuQuantity(nodes.cpuCores),
      memoryCapacity: memoryQuantity(nodes.memoryBytes),
    },
    operatorMetrics: {
      collectorsRunning: 1,
      dataPointsCollected: pointsCollected,
      lastCollectionTime: takenAt.toISOString(),
    },
    lastUpdated: takenAt.toISOString(),
  }
}

/** How many numbers a snapshot brings. */
export function pointsOf(snapshot: ClusterSnapshot): number {
  return Object.keys(snapshot.workloads).length + Object.keys(snapshot.nodes).length + 1
}
