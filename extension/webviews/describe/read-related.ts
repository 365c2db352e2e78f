import { z } from 'zod'
import type { KubeObject } from '../../documents/seen-object.ts'
import type { KubeApi } from '../../kube/kube-api.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import { labelSelectorText, podSelectorOf } from '../frame/pod-selector.ts'
import { readPages, readTable } from '../frame/read-pages.ts'
import { readOwners } from './read-owners.ts'
import type { Endpoint, Related } from './related.ts'

/** More pods than a node may have by default. */
const MAX_PODS = 250
const MAX_SLICES = 20

interface RelatedInput {
  api: KubeApi
  reference: ObjectReference
  object: KubeObject
  signal: AbortSignal
}

/** What belongs to the object. What may not be read is left out, and said. Never throws. */
export async function readRelated(input: RelatedInput): Promise<Related> {
  const { api, reference, object, signal } = input
  const [owners, pods, endpoints] = await Promise.all([
    readOwners({ api, context: reference.context, signal }, object),
    attempt(() => readPods(input)),
    attempt(() => readEndpoints(input)),
  ])
  return { owners, pods: pods.value, endpoints: endpoints.value, trouble: pods.trouble ?? endpoints.trouble }
}

async function attempt<T>(read: () => Promise<T | null>): Promise<{ value: T | null; trouble: string | null }> {
  try {
    return { value: await read(), trouble: null }
  } catch (error) {
    return { value: null, trouble: error instanceof Error ? error.message : String(error) }
  }
}

async function readPods({ api, reference, object, signal }: RelatedInput): Promise<Related['pods']> {
  const where = podsOf(reference, object)
  if (!where) return null
  const { items, remaining } = await readTable(api, { ...where, limit: MAX_PODS, maxPages: 1, signal })
  return { rows: items, isCut: remaining !== 0 }
}

function podsOf({ kind, name, namespace }: ObjectReference, object: KubeObject) {
  if (kind === 'Node') return { path: '/api/v1/pods', query: { fieldSelector: `spec.nodeName=${name}` } }
  const selector = kind === 'Service' ? null : podSelectorOf(object)
  if (!selector || namespace === null) return null
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`
  return { path, query: { labelSelector: labelSelectorText(selector) } }
}

const sliceSchema = z.object({
  ports: z
    .array(z.object({ name: z.string().nullish(), port: z.number().nullish(), protocol: z.string().nullish() }))
    .nullish(),
  endpoints: z
    .array(
      z.object({
        addresses: z.array(z.string()),
        conditions: z.object({ ready: z.boolean().nullish() }).nullish(),
        targetRef: z.object({ kind: z.string().optional(), name: z.string().optional() }).nullish(),
        nodeName: z.string().nullish(),
      }),
    )
    .nullish(),
})
type Slice = z.infer<typeof sliceSchema>

async function readEndpoints({ api, reference, signal }: RelatedInput): Promise<Endpoint[] | null> {
  const { kind, apiVersion, namespace, name } = reference
  if (kind !== 'Service' || apiVersion !== 'v1' || namespace === null) return null
  const { items } = await readPages(api, {
    path: `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices`,
    query: { labelSelector: `kubernetes.io/service-name=${name}` },
    item: sliceSchema,
    limit: MAX_SLICES,
    maxPages: 1,
    signal,
  })
  return items.flatMap(endpointsOf)
}

export function endpointsOf({ ports, endpoints }: Slice): Endpoint[] {
  const portTexts = (ports ?? []).map(
    ({ name, port, protocol }) => `${name ? `${name} ` : ''}${port}/${protocol ?? 'TCP'}`,
  )
  return (endpoints ?? []).map(({ addresses, conditions, targetRef, nodeName }) => ({
    address: addresses.join(', '),
    ready: conditions?.ready ?? true,
    ports: portTexts.join(', '),
    targetKind: targetRef?.kind ?? null,
    targetName: targetRef?.name ?? null,
    node: nodeName ?? null,
  }))
}
