import { z } from 'zod'
import type { KubeApi } from '../../kube/kube-api.ts'
import { referTo } from '../frame/known-kinds.ts'
import { bytesText, coresText, quantityValue } from '../frame/quantity.ts'
import { readPages } from '../frame/read-pages.ts'
import type { OverviewNodes } from './protocol.ts'

/** Smaller than other pages: a node names all its images. */
const PAGE_SIZE = 100
const MAX_PAGES = 20
const MAX_SHOWN = 200

const nodeSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ unschedulable: z.boolean().optional() }).default({}),
  status: z
    .object({
      capacity: z.record(z.string(), z.string()).default({}),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      nodeInfo: z.object({ kubeletVersion: z.string() }).optional(),
    })
    .default({ capacity: {}, conditions: [] }),
})
type KubeNode = z.infer<typeof nodeSchema>

/** Throws a `KubeError`. */
export async function readNodes(api: KubeApi, context: string, signal: AbortSignal): Promise<OverviewNodes> {
  const request = { path: '/api/v1/nodes', limit: PAGE_SIZE, maxPages: MAX_PAGES, signal }
  const { items, remaining } = await readPages(api, { ...request, item: nodeSchema })
  return { ...summariseNodes(items, context), total: items.length + (remaining ?? 0) }
}

export function summariseNodes(nodes: readonly KubeNode[], context: string): OverviewNodes {
  const sum = (resource: string) =>
    nodes.reduce((total, { status }) => total + quantityValue(status.capacity[resource] ?? '0'), 0)
  const shown = nodes.flatMap((node) => {
    const reference = referTo({ context, kind: 'Node', name: node.metadata.name, namespace: null })
    return reference ? [{ reference, ...stateOf(node), version: node.status.nodeInfo?.kubeletVersion ?? '' }] : []
  })
  const rank = { bad: 0, warning: 1, quiet: 2, good: 3, info: 4, busy: 5 }
  shown.sort((one, other) => rank[one.tone] - rank[other.tone] || byName(one.reference.name, other.reference.name))
  return {
    total: nodes.length,
    ready: nodes.filter(isReady).length,
    cpu: coresText(sum('cpu')),
    memory: bytesText(sum('memory')),
    shown: shown.slice(0, MAX_SHOWN),
  }
}

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable']

function stateOf(node: KubeNode): { tone: OverviewNodes['shown'][number]['tone']; state: string } {
  if (!isReady(node)) return { tone: 'bad', state: 'Not ready' }
  const pressures = node.status.conditions.filter(({ type, status }) => PRESSURES.includes(type) && status === 'True')
  if (pressures.length > 0) return { tone: 'warning', state: pressures.map(({ type }) => type).join(', ') }
  if (node.spec.unschedulable) return { tone: 'quiet', state: 'Ready, cordoned' }
  return { tone: 'good', state: 'Ready' }
}

function isReady({ status }: KubeNode): boolean {
  return status.conditions.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')
}

/** n2 before n10. */
function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}
