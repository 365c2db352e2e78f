import { z } from 'zod'
import { DASHBOARD_CONFIG_MAP, dashboardDataSchema } from '#contract/dashboard-data.ts'
import type { DashboardData } from '#contract/dashboard-data.ts'
import type { KubeApi } from '../../kube/kube-api.ts'
import { objectPath } from '../frame/object-reference.ts'

/** The operator writes once a minute, or more slowly where a cluster is large. */
const FRESH_MS = 10 * 60_000

const configMapSchema = z.object({ data: z.record(z.string(), z.string()).default({}) })

export type Dashboard =
  | { state: 'fresh'; data: DashboardData }
  | { state: 'stale'; at: string }
  /** None, not readable, or not of the contract: the overview does without. */
  | { state: 'none' }

/** The operator's counts, where there are any that can be relied on. Never throws. */
export async function readDashboard(
  api: KubeApi,
  namespace: string | null,
  { now, signal }: { now: number; signal: AbortSignal },
): Promise<Dashboard> {
  if (namespace === null) return { state: 'none' }
  const { name, key } = DASHBOARD_CONFIG_MAP
  const path = objectPath({ context: '', apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespace, name })
  try {
    const { data } = await api.call(path, configMapSchema, { signal })
    return dashboardFrom(data[key] ?? '', now)
  } catch {
    return { state: 'none' }
  }
}

export function dashboardFrom(text: string, now: number): Dashboard {
  const parsed = dashboardDataSchema.safeParse(jsonFrom(text))
  if (!parsed.success) return { state: 'none' }
  const age = now - Date.parse(parsed.data.lastUpdated)
  if (age > FRESH_MS) return { state: 'stale', at: parsed.data.lastUpdated }
  return { state: 'fresh', data: parsed.data }
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
