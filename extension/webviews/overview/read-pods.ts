import type { KubeApi } from '../../kube/kube-api.ts'
import { countObjects } from '../frame/count-objects.ts'
import type { OverviewPods } from './protocol.ts'

/** Most pods run, so the others are counted and the rest runs: a few small lists, however many pods there are. */
const COUNTED = ['Pending', 'Succeeded', 'Failed', 'Unknown'] as const

/** Throws a `KubeError`. */
export async function readPods(api: KubeApi, signal: AbortSignal): Promise<OverviewPods> {
  const path = '/api/v1/pods'
  const [total, ...counts] = await Promise.all([
    countObjects(api, { path, signal }),
    ...COUNTED.map((phase) => countObjects(api, { path, query: { fieldSelector: `status.phase=${phase}` }, signal })),
  ])
  const others = counts.reduce((sum, count) => sum + count, 0)
  const counted = COUNTED.map((phase, at) => ({ phase, count: counts[at] ?? 0 }))
  const phases = [{ phase: 'Running' as const, count: Math.max(0, total - others) }, ...counted]
  return { total: Math.max(total, others), phases: phases.filter(({ count }) => count > 0) }
}
