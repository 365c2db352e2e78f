import { z } from 'zod'
import type { ConfigurationPatterns } from '#contract/collection-payloads.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { listPages } from '../kube/list-pages.ts'
import { amountsOf, containerSchema, countContainer, noContainers, podSecuritySchema } from './container-patterns.ts'
import type { ContainerCounts } from './container-patterns.ts'
import { PAGE_SIZE } from './gather-context.ts'
import type { GatherContext } from './gather-context.ts'
import { roundedCores, roundedMebibytes } from './rounding.ts'

/** Pods that have ended say nothing of what runs. */
const RUNS = { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }

const podSchema = z.object({
  spec: z.object({
    hostNetwork: z.boolean().optional(),
    serviceAccountName: z.string().optional(),
    volumes: z.array(z.object({ hostPath: z.unknown().optional() })).nullish(),
    securityContext: podSecuritySchema,
    containers: z.array(containerSchema),
  }),
})
type KubernetesPod = z.infer<typeof podSchema>

const serviceSchema = z.object({
  spec: z.object({ type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']).catch('ClusterIP') }),
})
const scaledSchema = z.object({ spec: z.object({ replicas: z.int().nonnegative().nullish() }).optional() })

export type GatheredPatterns = Omit<ConfigurationPatterns, 'collectionId' | 'timestamp' | 'clusterId' | 'saltId'>

/** How pods, services and replicas are configured, as counts alone. Throws a `KubernetesError`. */
export async function gatherConfigurationPatterns({ api }: GatherContext): Promise<GatheredPatterns> {
  const { containers, pods, requests, limits } = await readPods(api)
  const services = await readServices(api)
  const replicas = await readReplicas(api)
  return {
    truncated: false,
    containers,
    pods,
    requests: { cpuCores: roundedCores(requests.cores), memoryMebibytes: roundedMebibytes(requests.bytes) },
    limits: { cpuCores: roundedCores(limits.cores), memoryMebibytes: roundedMebibytes(limits.bytes) },
    services,
    replicas,
  }
}

interface PodPatterns {
  containers: ContainerCounts
  pods: ConfigurationPatterns['pods']
  requests: { cores: number; bytes: number }
  limits: { cores: number; bytes: number }
}

async function readPods(api: KubernetesApi): Promise<PodPatterns> {
  const nothing = (): PodPatterns => ({
    containers: noContainers(),
    pods: { total: 0, hostNetwork: 0, hostPath: 0, defaultServiceAccount: 0 },
    requests: { cores: 0, bytes: 0 },
    limits: { cores: 0, bytes: 0 },
  })
  let seen = nothing()
  await listPages(
    api,
    { path: '/api/v1/pods', item: podSchema, limit: PAGE_SIZE, query: RUNS },
    (pods) => pods.forEach((pod) => add(seen, pod)),
    () => (seen = nothing()),
  )
  return seen
}

function add({ containers, pods, requests, limits }: PodPatterns, { spec }: KubernetesPod): void {
  pods.total += 1
  if (spec.hostNetwork) pods.hostNetwork += 1
  if (spec.volumes?.some(({ hostPath }) => hostPath !== undefined)) pods.hostPath += 1
  if ((spec.serviceAccountName ?? 'default') === 'default') pods.defaultServiceAccount += 1
  for (const container of spec.containers) {
    countContainer(containers, container, spec.securityContext)
    for (const [sum, which] of [[requests, 'requests'] as const, [limits, 'limits'] as const]) {
      const { cores, bytes } = amountsOf(container, which)
      sum.cores += cores
      sum.bytes += bytes
    }
  }
}

async function readServices(api: KubernetesApi): Promise<ConfigurationPatterns['services']> {
  const nothing = () => ({ ClusterIP: 0, NodePort: 0, LoadBalancer: 0, ExternalName: 0 })
  let counts = nothing()
  await listPages(
    api,
    { path: '/api/v1/services', item: serviceSchema, limit: PAGE_SIZE },
    (services) => services.forEach(({ spec }) => (counts[spec.type] += 1)),
    () => (counts = nothing()),
  )
  return counts
}

/** Deployments and StatefulSets by how many pods they ask for. */
async function readReplicas(api: KubernetesApi): Promise<ConfigurationPatterns['replicas']> {
  const counts = { one: 0, several: 0, none: 0 }
  for (const path of ['/apis/apps/v1/deployments', '/apis/apps/v1/statefulsets']) {
    const before = { ...counts }
    await listPages(
      api,
      { path, item: scaledSchema, limit: PAGE_SIZE },
      (workloads) => workloads.forEach(({ spec }) => (counts[sizeOf(spec?.replicas ?? 1)] += 1)),
      () => Object.assign(counts, before),
    )
  }
  return counts
}

function sizeOf(replicas: number): 'one' | 'several' | 'none' {
  if (replicas === 0) return 'none'
  return replicas === 1 ? 'one' : 'several'
}
