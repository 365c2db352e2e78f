import { z } from 'zod'
import type { PseudonymKind } from '#contract/pseudonyms.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault } from '../kube/kube-error.ts'

const PAGE_SIZE = 500
const RESTARTS = 3
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

interface NamedList {
  kind: PseudonymKind
  group: string
  resource: string
}

/** What has names, in the order in which a page needs them; of pods and ReplicaSets there are the most. */
export const namedLists: readonly NamedList[] = [
  { kind: 'namespace', group: '', resource: 'namespaces' },
  { kind: 'node', group: '', resource: 'nodes' },
  { kind: 'deployment', group: 'apps', resource: 'deployments' },
  { kind: 'statefulset', group: 'apps', resource: 'statefulsets' },
  { kind: 'daemonset', group: 'apps', resource: 'daemonsets' },
  { kind: 'cronjob', group: 'batch', resource: 'cronjobs' },
  { kind: 'job', group: 'batch', resource: 'jobs' },
  { kind: 'pod', group: '', resource: 'pods' },
  { kind: 'service', group: '', resource: 'services' },
  { kind: 'replicaset', group: 'apps', resource: 'replicasets' },
]

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }).default({}),
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) })).nullish(),
})

export interface RealName {
  namespace: string | null
  name: string
}

/**
 * The names of one list, page by page; nothing else of the objects is kept. A list that grew too old in between begins again, so that a name
 * may come twice. Throws a `KubeError`.
 */
export async function* namesOf(api: KubeApi, list: NamedList, signal: AbortSignal): AsyncIterable<RealName[]> {
  const path = `${list.group === '' ? '/api/v1' : `/apis/${list.group}/v1`}/${list.resource}`
  let token: string | undefined
  let restarts = 0
  for (;;) {
    try {
      const query = { limit: PAGE_SIZE, continue: token }
      const page = await api.call(path, pageSchema, { query, accept: METADATA_ONLY, signal })
      yield (page.items ?? []).map(({ metadata: { name, namespace } }) => ({ namespace: namespace ?? null, name }))
      token = page.metadata.continue || undefined
      if (token === undefined) return
    } catch (error) {
      if (!isKubeFault(error, 'expired') || restarts === RESTARTS) throw error
      restarts += 1
      token = undefined
    }
  }
}
