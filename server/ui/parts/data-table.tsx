import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useMemo, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { ScrollBox } from './scroll-box.tsx'

export type Column<Row> = {
  id: string
  title: string
  /** Of the table's width, in percent; all together 100. */
  width: number
  align?: 'end'
  cell: (row: Row) => ReactNode
  /** How two rows are ordered by this column; without it the column does not sort. */
  compare?: (one: Row, other: Row) => number
}

type Sorting = { column: string; descending: boolean }

type DataTableProps<Row> = {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  initialSorting: Sorting
  /** The least width before the table scrolls inside its box. */
  minWidthPx: number
}

const VIRTUAL_ABOVE = 200
const ROW_EM = 2.15
const OVERSCAN = 10

/** A table that sorts, scrolls inside its own box alone, and above 200 rows draws only those that are seen. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, initialSorting, minWidthPx } = props
  const [sorting, setSorting] = useState(initialSorting)
  const sorted = useMemo(() => sortRows(rows, columns, sorting), [rows, columns, sorting])
  const box = useRef<HTMLElement>(null)
  const virtual = sorted.length > VIRTUAL_ABOVE
  const { shown, beforePx, afterPx } = useShownRows(sorted, box, virtual)
  return (
    <ScrollBox ref={box} label={label} className={classNames('table-box', virtual && 'table-box-tall')}>
      <table aria-label={label} aria-rowcount={sorted.length + 1} style={{ minInlineSize: minWidthPx }}>
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ inlineSize: `${width}%` }} />
          ))}
        </colgroup>
        <Header columns={columns} sorting={sorting} onSort={setSorting} />
        <tbody>
          <Spacer heightPx={beforePx} />
          {shown.map(({ row, index }) => (
            <BodyRow key={keyOf(row)} columns={columns} row={row} index={index} />
          ))}
          <Spacer heightPx={afterPx} />
        </tbody>
      </table>
    </ScrollBox>
  )
}

type HeaderProps<Row> = { columns: readonly Column<Row>[]; sorting: Sorting; onSort: (sorting: Sorting) => void }

function Header<Row>({ columns, sorting, onSort }: HeaderProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ id, title, align, compare }) => {
          const active = sorting.column === id
          const direction = sorting.descending ? 'descending' : 'ascending'
          return (
            <th key={id} scope="col" className={align && `align-${align}`} aria-sort={active ? direction : undefined}>
              {compare ? (
                <button
                  type="button"
                  className="sort-button"
                  onClick={() => onSort({ column: id, descending: active && !sorting.descending })}
                >
                  {title}
                  {active && <Icon name={sorting.descending ? 'arrow-down' : 'arrow-up'} />}
                </button>
              ) : (
                title
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

type BodyRowProps<Row> = { columns: readonly Column<Row>[]; row: Row; index: number }

function DrawnRow<Row>({ columns, row, index }: BodyRowProps<Row>) {
  return (
    <tr aria-rowindex={index + 2}>
      {columns.map(({ id, align, cell }) => (
        <td key={id} className={align && `align-${align}`}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}
/** While the table scrolls, rows that stay on the screen are not drawn again. */
const BodyRow = memo(DrawnRow) as typeof DrawnRow

/** Stands for the rows that are not drawn. */
function Spacer({ heightPx }: { heightPx: number }) {
  return heightPx > 0 ? <tr aria-hidden="true" className="spacer" style={{ blockSize: heightPx }} /> : null
}

function useShownRows<Row>(rows: readonly Row[], box: RefObject<HTMLElement | null>, virtual: boolean) {
  // Rows are as high as the editor's font asks for.
  const rowPx = useMemo(() => Math.round(Number.parseFloat(getComputedStyle(document.body).fontSize) * ROW_EM), [])
  // No compiler memoises components here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    enabled: virtual,
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  })
  if (!virtual) return { shown: rows.map((row, index) => ({ row, index })), beforePx: 0, afterPx: 0 }
  const items = virtualizer.getVirtualItems()
  const shown = items.flatMap(({ index }) => {
    const row = rows[index]
    return row === undefined ? [] : [{ row, index }]
  })
  return {
    shown,
    beforePx: items[0]?.start ?? 0,
    afterPx: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  }
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sorting: Sorting): readonly Row[] {
  const compare = columns.find(({ id }) => id === sorting.column)?.compare
  if (!compare) return rows
  return rows.toSorted((one, other) => (sorting.descending ? compare(other, one) : compare(one, other)))
}
