import { z } from 'zod'
import type { KubeApi, Query } from '../../kube/kube-api.ts'
import { METADATA_ONLY, readPages } from './read-pages.ts'

const PAGE_SIZE = 500
const MAX_PAGES = 40

interface CountRequest {
  path: string
  query?: Query
  signal?: AbortSignal
}

/**
 * How many objects a list has. The API server says how many follow a first page of one; for a part of a list (a selector) it does
 * not, and the pages are counted without their bodies, 20,000 objects at most. Throws a `KubeError`.
 */
export async function countObjects(api: KubeApi, { path, query, signal }: CountRequest): Promise<number> {
  const request = { path, item: z.unknown(), accept: METADATA_ONLY, ...(signal ? { signal } : {}) }
  if (query === undefined) {
    const first = await readPages(api, { ...request, limit: 1, maxPages: 1 })
    if (first.remaining !== null) return first.items.length + first.remaining
  }
  const all = await readPages(api, { ...request, ...(query ? { query } : {}), limit: PAGE_SIZE, maxPages: MAX_PAGES })
  return all.items.length + (all.remaining ?? 0)
}
