import { z } from 'zod'

export const DASHBOARD_CONFIG_MAP = { name: 'kube9-dashboard-data', key: 'dashboard' } as const

const count = z.int().nonnegative()

/** The text under `dashboard`: counts only, for the editor's overview. Capacities are texts, as old clients expect. */
export const dashboardDataSchema = z.object({
  namespaceCount: count,
  workloads: z.object({
    deployments: count,
    statefulsets: count,
    daemonsets: count,
    replicasets: count,
    jobs: count,
    cronjobs: count,
    pods: count,
  }),
  nodes: z.object({
    totalNodes: count,
    readyNodes: count,
    cpuCapacity: z.string(),
    memoryCapacity: z.string(),
  }),
  operatorMetrics: z.object({
    collectorsRunning: count,
    dataPointsCollected: count,
    lastCollectionTime: z.iso.datetime().nullable(),
  }),
  lastUpdated: z.iso.datetime(),
})
export type DashboardData = z.infer<typeof dashboardDataSchema>
