import { z } from 'zod'
import { listPages } from '../kube/list-pages.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { parseQuantity } from './quantity.ts'

/** Smaller than other pages: a node names all its images. */
const PAGE_SIZE = 100

const nodeSchema = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({
      capacity: z.record(z.string(), z.string()).optional(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
    })
    .optional(),
})

export interface NodeTotals {
  total: number
  ready: number
  /** Cores, and bytes. */
  cpuCores: number
  memoryBytes: number
}

/** Throws a `KubernetesError`. */
export async function readNodes(api: KubernetesApi): Promise<NodeTotals> {
  const zero = (): NodeTotals => ({ total: 0, ready: 0, cpuCores: 0, memoryBytes: 0 })
  let totals = zero()
  await listPages(
    api,
    { path: '/api/v1/nodes', item: nodeSchema, limit: PAGE_SIZE },
    (nodes) => nodes.forEach((node) => add(totals, node)),
    () => (totals = zero()),
  )
  return totals
}

function add(totals: NodeTotals, { status }: z.infer<typeof nodeSchema>): void {
  totals.total += 1
  if (status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')) totals.ready += 1
  totals.cpuCores += parseQuantity(status?.capacity?.['cpu'] ?? '0')
  totals.memoryBytes += parseQuantity(status?.capacity?.['memory'] ?? '0')
}
