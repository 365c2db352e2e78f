import type { ReactNode } from 'react'

export type Column<Row> = {
  id: string
  label: string
  /** Hidden below 768 px, where only what tells rows apart has room. */
  wide?: boolean
  cell: (row: Row) => ReactNode
}

type TableProps<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
}

/** Rows of 40 px, drawn by the server. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ id, label, wide }) => (
            <th
              key={id}
              scope="col"
              className={`h-10 border-b px-4 text-xs font-medium text-muted ${wide ? 'max-md:hidden' : ''}`}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="not-last:border-b hover:bg-hover">
            {columns.map(({ id, cell, wide }) => (
              <td key={id} className={`h-10 px-4 py-2 ${wide ? 'max-md:hidden' : ''}`}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
