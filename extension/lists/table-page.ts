import { z } from 'zod'
import type { KubeApi } from '../kube/kube-api.ts'

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'
const LIMIT = 500

const tableSchema = z.object({
  metadata: z.object({ continue: z.string().nullish(), remainingItemCount: z.int().nullish() }).default({}),
  columnDefinitions: z.array(z.object({ name: z.string() })).nullish(),
  rows: z
    .array(
      z.object({
        cells: z.array(z.unknown()),
        object: z.object({ metadata: z.object({ name: z.string(), namespace: z.string().nullish() }) }).nullish(),
      }),
    )
    .nullish(),
})

export interface TableRow {
  name: string
  namespace: string | null
  /** Cells by the name of their column, such as `Ready`. */
  cell(column: string): string
}

export interface TablePage {
  rows: TableRow[]
  /** Where the next page begins; null on the last one. */
  next: string | null
  /** How many are on later pages, when the server says so. */
  remaining: number | null
}

export interface TableRequest {
  path: string
  next: string | null
  /** Without the objects' metadata, whose annotations may repeat an object's content. Names come from the cells then. */
  cellsOnly: boolean
  signal?: AbortSignal
}

/** One page of a list, as the columns that kubectl prints: never the objects themselves. Throws a `KubeError`. */
export async function readTablePage(api: KubeApi, request: TableRequest): Promise<TablePage> {
  const { path, next, cellsOnly, signal } = request
  const table = await api.call(path, tableSchema, {
    accept: TABLE,
    query: { limit: LIMIT, continue: next ?? undefined, includeObject: cellsOnly ? 'None' : 'Metadata' },
    timeoutMs: 20_000,
    ...(signal && { signal }),
  })
  const columns = new Map((table.columnDefinitions ?? []).map(({ name }, at) => [name, at]))
  const rows = (table.rows ?? []).map(({ cells, object }): TableRow => {
    const cell = (column: string) => textOf(cells[columns.get(column) ?? -1])
    return { name: object?.metadata.name ?? cell('Name'), namespace: object?.metadata.namespace ?? null, cell }
  })
  return { rows, next: table.metadata.continue || null, remaining: table.metadata.remainingItemCount ?? null }
}

function textOf(cell: unknown): string {
  if (typeof cell === 'string') return cell
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}
