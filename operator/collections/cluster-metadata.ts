import { z } from 'zod'
import type { ClusterMetadata, nodePressures } from '#contract/collection-payloads.ts'
import { countObjects } from '../collect/count-objects.ts'
import { parseQuantity } from '../collect/quantity.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { listPages } from '../kube/list-pages.ts'
import { PAGE_SIZE } from './gather-context.ts'
import type { GatherContext } from './gather-context.ts'
import { roundedCores, roundedMebibytes, versionText } from './rounding.ts'

/** Smaller than other pages: a node names all its images. */
const NODE_PAGE_SIZE = 100
const MAX_NODES = 3_000

const versionSchema = z.object({ gitVersion: z.string() })

const nodeSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.object({ unschedulable: z.boolean().optional() }).optional(),
  status: z
    .object({
      capacity: z.record(z.string(), z.string()).optional(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
      nodeInfo: z.object({ kubeletVersion: z.string().optional() }).optional(),
    })
    .optional(),
})
type KubernetesNode = z.infer<typeof nodeSchema>
type ReportedNode = ClusterMetadata['nodes'][number]

const boundPodSchema = z.object({ spec: z.object({ nodeName: z.string().optional() }).optional() })

const pressureTypes: Record<string, (typeof nodePressures)[number]> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk',
  PIDPressure: 'pid',
  NetworkUnavailable: 'network',
}

export type GatheredMetadata = Omit<ClusterMetadata, 'collectionId' | 'timestamp' | 'clusterId' | 'saltId'>

/** The nodes and what they hold. Throws a `KubernetesError`. */
export async function gatherClusterMetadata({ api, names }: GatherContext): Promise<GatheredMetadata> {
  const { gitVersion } = await api.call('/version', versionSchema)
  const namespaceCount = await countObjects(api, '/api/v1/namespaces')
  const pods = await countPodsByNode(api)
  const { total, ready, kept } = await readNodes(api, pods)
  const nodes = await Promise.all(
    kept.map(async (node) => ({ ...node, name: await names.of('node', null, node.name) })),
  )
  return {
    truncated: total > kept.length,
    kubernetesVersion: versionText(gitVersion),
    nodeCount: total,
    readyNodeCount: ready,
    namespaceCount,
    nodes,
  }
}

/** Pods that have not ended, by the real name of their node. */
async function countPodsByNode(api: KubernetesApi): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const query = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }
  await listPages(
    api,
    { path: '/api/v1/pods', item: boundPodSchema, limit: PAGE_SIZE, query },
    (pods) => {
      for (const { spec } of pods) if (spec?.nodeName) counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1)
    },
    () => counts.clear(),
  )
  return counts
}

async function readNodes(api: KubernetesApi, pods: Map<string, number>) {
  const nothing = () => ({ total: 0, ready: 0, kept: [] as ReportedNode[] })
  let seen = nothing()
  const add = (node: KubernetesNode) => {
    const reported = reportedNode(node, pods)
    seen.total += 1
    if (reported.ready) seen.ready += 1
    if (seen.kept.length < MAX_NODES) seen.kept.push(reported)
  }
  await listPages(
    api,
    { path: '/api/v1/nodes', item: nodeSchema, limit: NODE_PAGE_SIZE },
    (nodes) => nodes.forEach(add),
    () => (seen = nothing()),
  )
  return seen
}

/** The node as it is told, but for its name, which is still the real one. */
function reportedNode({ metadata, spec, status }: KubernetesNode, pods: Map<string, number>): ReportedNode {
  const labels = metadata.labels ?? {}
  const isControlPlane = ['control-plane', 'master'].some((role) => `node-role.kubernetes.io/${role}` in labels)
  const holding = (status?.conditions ?? []).filter((condition) => condition.status === 'True').map(({ type }) => type)
  const capacity = (resource: string) => parseQuantity(status?.capacity?.[resource] ?? '0')
  return {
    name: metadata.name,
    role: isControlPlane ? 'control-plane' : 'worker',
    ready: holding.includes('Ready'),
    schedulable: spec?.unschedulable !== true,
    pressures: holding.flatMap((type) => pressureTypes[type] ?? []),
    kubeletVersion: versionText(status?.nodeInfo?.kubeletVersion),
    cpuCores: roundedCores(capacity('cpu')),
    memoryMebibytes: roundedMebibytes(capacity('memory')),
    pods: pods.get(metadata.name) ?? 0,
    podCapacity: Math.max(0, Math.floor(capacity('pods'))),
  }
}
