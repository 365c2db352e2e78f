import { CELL_PLACES, glyphCells } from '#contract/glyph.ts'
import type { GlyphCells } from '#contract/glyph.ts'
import { classNames } from './class-names.ts'

type CellsProps = {
  cells: GlyphCells
  size: number
  className?: string
  /** How many of the lit cells are filled, from the top left; all unless said. */
  filled?: number
}

/** Nine cells, drawn with the current text colour. Decorative: the name stands beside it. */
export function Cells({ cells, size, className, filled = 9 }: CellsProps) {
  const rank = cells.map((lit, at) => (lit ? cells.slice(0, at).filter(Boolean).length : 9))
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden
      className={classNames('shrink-0', className)}
    >
      {CELL_PLACES.map(({ x, y }, at) => (
        <rect
          key={`${x}-${y}`}
          x={x}
          y={y}
          width="6"
          height="6"
          rx="1.5"
          className="cell"
          fillOpacity={(rank[at] ?? 9) < filled ? 1 : 0.16}
        />
      ))}
    </svg>
  )
}

/** The picture by which people know a cluster at sight. */
export function Glyph({ clusterId, ...rest }: { clusterId: string } & Omit<CellsProps, 'cells'>) {
  return <Cells {...rest} cells={glyphCells(clusterId)} />
}

/** The sign of kube9: all nine cells, the middle one in the accent. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="currentColor" aria-hidden className="shrink-0">
      {CELL_PLACES.map(({ x, y }, at) => (
        <rect
          key={`${x}-${y}`}
          x={x}
          y={y}
          width="6"
          height="6"
          rx="1.5"
          className={at === 4 ? 'fill-accent' : undefined}
        />
      ))}
    </svg>
  )
}

/** Sign and name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-tight">
      <Mark />
      kube9
    </span>
  )
}
