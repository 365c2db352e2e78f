import { z } from 'zod'
import type { KubeApi, Query } from '../../kube/kube-api.ts'
import { isKubeFault } from '../../kube/kube-error.ts'

export const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1'
const RESTARTS = 2

interface PagesRequest {
  path: string
  query?: Query
  /** Items of a page, and how many pages are read at most. */
  limit: number
  maxPages: number
  signal?: AbortSignal
}

export interface Pages<Item> {
  items: Item[]
  /** How many more there are; null where there are more and the API server does not say how many. */
  remaining: number | null
}

const listMetadataSchema = z
  .object({ continue: z.string().optional(), remainingItemCount: z.int().nonnegative().optional() })
  .default({})

/** The items of a list, up to a bound; of each only what the schema keeps. Throws a `KubeError`. */
export async function readPages<Item>(
  api: KubeApi,
  request: PagesRequest & { item: z.ZodType<Item>; accept?: string },
): Promise<Pages<Item>> {
  const schema = z.object({ metadata: listMetadataSchema, items: z.array(request.item).nullish() })
  return followPages(request, async (query) => {
    const page = await api.call(request.path, schema, {
      query,
      ...(request.accept ? { accept: request.accept } : {}),
      ...(request.signal ? { signal: request.signal } : {}),
    })
    return { metadata: page.metadata, items: page.items ?? [] }
  })
}

/** A row as `kubectl get` prints it, by the names of its columns. */
export interface TableRow {
  name: string
  namespace: string | null
  cells: Record<string, string>
}

const tableSchema = z.object({
  metadata: listMetadataSchema,
  columnDefinitions: z.array(z.object({ name: z.string() })).default([]),
  rows: z
    .array(
      z.object({
        cells: z.array(z.unknown()),
        object: z.object({ metadata: z.object({ name: z.string(), namespace: z.string().optional() }) }),
      }),
    )
    .nullish(),
})

/** The rows that the API server makes of a list: small, however large the objects are. Throws a `KubeError`. */
export async function readTable(api: KubeApi, request: PagesRequest): Promise<Pages<TableRow>> {
  // Only the first page names its columns.
  let columns: string[] = []
  return followPages(request, async (query) => {
    const options = request.signal ? { signal: request.signal } : {}
    const table = await api.call(request.path, tableSchema, { query, accept: TABLE, ...options })
    if (table.columnDefinitions.length > 0) columns = table.columnDefinitions.map(({ name }) => name)
    const items = (table.rows ?? []).map(({ cells, object: { metadata } }) => ({
      name: metadata.name,
      namespace: metadata.namespace ?? null,
      cells: Object.fromEntries(columns.map((column, at) => [column, cellText(cells[at])])),
    }))
    return { metadata: table.metadata, items }
  })
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

type Page<Item> = { metadata: z.infer<typeof listMetadataSchema>; items: Item[] }

async function followPages<Item>(
  { query, limit, maxPages }: PagesRequest,
  read: (query: Query) => Promise<Page<Item>>,
): Promise<Pages<Item>> {
  let items: Item[] = []
  let token: string | undefined
  let restarts = 0
  for (let page = 1; ; page++) {
    try {
      const answer = await read({ ...query, limit, continue: token })
      items.push(...answer.items)
      token = answer.metadata.continue || undefined
      if (!token || page >= maxPages)
        return { items, remaining: token ? (answer.metadata.remainingItemCount ?? null) : 0 }
    } catch (error) {
      // The list grew too old between two pages.
      if (!isKubeFault(error, 'expired') || restarts === RESTARTS) throw error
      restarts += 1
      token = undefined
      items = []
      page = 0
    }
  }
}
