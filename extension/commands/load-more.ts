import type { Services } from '../services.ts'
import { ListRow } from '../views/list-row.ts'

/** The next page of the list whose row this is, or of which this is the last row. */
export async function run(_services: Services, target: unknown): Promise<void> {
  await listOf(target)?.loadMore()
}

/** The list that a row is, or belongs to. */
export function listOf(target: unknown): ListRow | null {
  const row = (target as { list?: unknown } | undefined)?.list ?? target
  return row instanceof ListRow ? row : null
}
