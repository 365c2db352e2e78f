import type { TableRow } from './table-page.ts'

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, y: 31_536_000 }

/** Events of a page, the last seen first: the API server gives them by name. */
export function newestFirst(rows: readonly TableRow[]): TableRow[] {
  return rows.toSorted((one, other) => ageSeconds(one.cell('Last Seen')) - ageSeconds(other.cell('Last Seen')))
}

/** `27s`, `5m12s`, `3d4h`, as kubectl writes an age; what is no age is the oldest. */
function ageSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhdy])/g)]
  if (parts.length === 0) return Number.MAX_SAFE_INTEGER
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ''] ?? 0), 0)
}
