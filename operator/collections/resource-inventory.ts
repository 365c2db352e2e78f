import { z } from 'zod'
import type { ResourceInventory } from '#contract/collection-payloads.ts'
import { METADATA_ONLY, countObjects } from '../collect/count-objects.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { listPages } from '../kube/list-pages.ts'
import { NAMES_PAGE_SIZE } from './gather-context.ts'
import type { GatherContext } from './gather-context.ts'
import type { NameBook } from './name-book.ts'
import { readPods } from './read-pods.ts'
import type { PodCensus, TroubledPod } from './read-pods.ts'
import { readWorkloads } from './read-workloads.ts'
import type { WorkloadCensus } from './read-workloads.ts'
import type { Workload } from './workload-book.ts'

const MAX_NAMESPACES = 2_000

export type GatheredInventory = Omit<ResourceInventory, 'collectionId' | 'timestamp' | 'clusterId' | 'saltId'>

/** Workloads, and the pods that are not well. Throws a `KubernetesError`. */
export async function gatherResourceInventory({ api, names, now }: GatherContext): Promise<GatheredInventory> {
  const namespaceNames = await readNamespaceNames(api)
  const workloads = await readWorkloads(api)
  const [replicasets, services] = [
    await countObjects(api, '/apis/apps/v1/replicasets'),
    await countObjects(api, '/api/v1/services'),
  ]
  const pods = await readPods(api, workloads.book, now)
  const namespaces = namespacesOf(namespaceNames, workloads, pods)
  return {
    truncated: workloads.book.isTruncated || pods.isTruncated || namespaces.length > MAX_NAMESPACES,
    counts: {
      deployments: workloads.counts.deployment,
      statefulsets: workloads.counts.statefulset,
      daemonsets: workloads.counts.daemonset,
      replicasets,
      jobs: workloads.counts.job,
      cronjobs: workloads.counts.cronjob,
      pods: pods.total,
      services,
    },
    podPhases: pods.phases,
    restarts: pods.restarts,
    namespaces: await Promise.all(
      namespaces
        .slice(0, MAX_NAMESPACES)
        .map(async (namespace) => ({ ...namespace, name: await names.of('namespace', null, namespace.name) })),
    ),
    workloads: await Promise.all(workloads.book.all().map((workload) => pseudonymous(workload, names))),
    troubledPods: await Promise.all(pods.troubled.map((pod) => pseudonymousPod(pod, names))),
  }
}

const namedSchema = z.object({ metadata: z.object({ name: z.string() }) })

async function readNamespaceNames(api: KubernetesApi): Promise<Set<string>> {
  const names = new Set<string>()
  await listPages(
    api,
    { path: '/api/v1/namespaces', item: namedSchema, limit: NAMES_PAGE_SIZE, accept: METADATA_ONLY },
    (namespaces) => namespaces.forEach(({ metadata }) => names.add(metadata.name)),
    () => names.clear(),
  )
  return names
}

/** The fullest first, so that a cut takes the emptiest. */
function namespacesOf(names: Set<string>, { byNamespace }: WorkloadCensus, pods: PodCensus) {
  return [...new Set([...names, ...pods.byNamespace.keys()])]
    .map((name) => ({ name, pods: pods.byNamespace.get(name) ?? 0, workloads: byNamespace.get(name) ?? 0 }))
    .toSorted((one, other) => other.pods - one.pods || other.workloads - one.workloads)
}

async function pseudonymous(workload: Workload, names: NameBook): Promise<GatheredInventory['workloads'][number]> {
  const { kind, namespace, name } = workload
  return {
    ...workload,
    name: await names.of(kind, namespace, name),
    namespace: await names.of('namespace', null, namespace),
  }
}

async function pseudonymousPod(
  { namespace, name, owner, node, ...told }: TroubledPod,
  names: NameBook,
): Promise<GatheredInventory['troubledPods'][number]> {
  return {
    ...told,
    name: await names.of('pod', namespace, name),
    namespace: await names.of('namespace', null, namespace),
    owner: owner === null ? null : await names.of(owner.kind, owner.namespace, owner.name),
    node: node === null ? null : await names.of('node', null, node),
  }
}
