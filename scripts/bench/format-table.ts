import type { Row } from './row.ts'

const HEADINGS = ['promise', 'value', 'unit', 'reference', 'ratio', 'bar', 'met']

/** The rows as a table for a terminal; numbers stand to the right. */
export function formatTable(rows: Row[]): string {
  const cells = [HEADINGS, ...rows.map(toCells)]
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const isText = (column: number) => column === 0 || column === 2
  const pad = (text: string, column: number) =>
    isText(column) ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

function toCells(row: Row): string[] {
  const number = (value: number | null) => (value === null ? '–' : String(value))
  const met = row.bar === null ? '–' : row.met ? 'yes' : 'NO'
  return [row.promise, number(row.value), row.unit, number(row.reference), number(row.ratio), number(row.bar), met]
}
