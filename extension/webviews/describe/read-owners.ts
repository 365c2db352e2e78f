import { z } from 'zod'
import { kubeObjectSchema } from '../../documents/seen-object.ts'
import type { KubeObject, OwnerReference } from '../../documents/seen-object.ts'
import type { KubeApi } from '../../kube/kube-api.ts'
import { referTo } from '../frame/known-kinds.ts'
import { objectPath } from '../frame/object-reference.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import type { Cell } from './protocol.ts'

const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
/** A Pod of a Job of a CronJob of something of an operator's: few chains are longer. */
const MAX_OWNERS = 5

const discoverySchema = z.object({
  resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
})

interface Chain {
  api: KubeApi
  context: string
  signal: AbortSignal
}

/** Who owns the object, and who owns that one, and so on. It ends at what may not be read. Never throws. */
export async function readOwners(chain: Chain, object: KubeObject): Promise<Cell[]> {
  const owners: Cell[] = []
  let { ownerReferences, namespace } = object.metadata
  while (owners.length < MAX_OWNERS) {
    const owner = ownerReferences?.find(({ controller }) => controller) ?? ownerReferences?.[0]
    if (!owner) return owners
    const reference = await referenceOf(chain, owner, namespace ?? null)
    const text = `${owner.kind} ${owner.name}`
    owners.push(reference ? { text, link: reference } : { text })
    const metadata = reference && (await metadataOf(chain, reference))
    if (!metadata) return owners
    ownerReferences = metadata.ownerReferences
    namespace = metadata.namespace
  }
  return owners
}

async function metadataOf({ api, signal }: Chain, reference: ObjectReference): Promise<KubeObject['metadata'] | null> {
  try {
    const { metadata } = await api.call(objectPath(reference), kubeObjectSchema, { accept: METADATA_ONLY, signal })
    return metadata
  } catch {
    return null
  }
}

/** For a kind of somebody's own, the API server says how its path is written. */
async function referenceOf(
  { api, context, signal }: Chain,
  { apiVersion, kind, name }: OwnerReference,
  namespace: string | null,
): Promise<ObjectReference | null> {
  const known = referTo({ context, kind, name, namespace, apiVersion })
  if (known) return known
  try {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const { resources } = await api.call(path, discoverySchema, { signal })
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes('/'))
    if (!found) return null
    return { context, apiVersion, kind, resource: found.name, namespace: found.namespaced ? namespace : null, name }
  } catch {
    return null
  }
}
