import { z } from 'zod'
import { listPages } from '../kube/list-pages.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'

const PAGE_SIZE = 500
/** Asks for a list of objects without their bodies. */
export const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

const firstPageSchema = z.object({
  metadata: z.object({ continue: z.string().optional(), remainingItemCount: z.int().nonnegative().optional() }),
  items: z.array(z.unknown()).nullish(),
})

/**
 * How many objects a list has. The API server says how many follow a first page of one; where it does not, the pages are counted,
 * 500 objects at a time without their bodies. Throws a `KubernetesError`.
 */
export async function countObjects(api: KubernetesApi, path: string): Promise<number> {
  const { metadata, items } = await api.call(path, firstPageSchema, { query: { limit: 1 }, accept: METADATA_ONLY })
  const first = items?.length ?? 0
  if (!metadata.continue) return first
  if (metadata.remainingItemCount !== undefined) return first + metadata.remainingItemCount
  return countPages(api, path)
}

async function countPages(api: KubernetesApi, path: string): Promise<number> {
  let count = 0
  await listPages(
    api,
    { path, item: z.unknown(), limit: PAGE_SIZE, accept: METADATA_ONLY },
    (items) => (count += items.length),
    () => (count = 0),
  )
  return count
}
