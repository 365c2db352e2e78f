import { CELL_PLACES, glyphCells, MARK_CELLS } from '#contract/glyph.ts'
import { classNames } from './class-names.ts'

/** The picture by which people know their cluster, or the mark of kube9 without an id. Decorative: a name stands beside it. */
export function Glyph({ clusterId, size, className }: { clusterId?: string; size: number; className?: string }) {
  const cells = clusterId === undefined ? MARK_CELLS : glyphCells(clusterId)
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" width={size} height={size} className={classNames('glyph', className)}>
      {CELL_PLACES.map(({ x, y }, at) => (
        <rect key={`${x}-${y}`} x={x} y={y} width="6" height="6" rx="1.5" opacity={cells[at] ? 1 : 0.16} />
      ))}
    </svg>
  )
}
