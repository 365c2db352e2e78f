import type { Point } from './history.ts'
import type { Series } from './line-chart.tsx'

type MarksProps = {
  marks: readonly { look: Series['look']; segments: readonly Point[][] }[]
  size: { count: number; top: number }
  breaks: readonly number[]
  cursor: number | null
}

/** Room above and below, so that a line at the edge is whole. */
const PAD = 4
const HEIGHT = 100

/** Lines, lone points and marks, stretched to the box: strokes keep their width, and points are strokes without a length. */
export function LineMarks({ marks, size: { count, top }, breaks, cursor }: MarksProps) {
  const x = (place: number) => place + 0.5
  const y = (value: number) => round(HEIGHT - PAD - (value / top) * (HEIGHT - 2 * PAD))
  const path = (points: readonly Point[]) =>
    points.map(({ at, value }, place) => `${place === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('') +
    (points.length === 1 ? 'h0' : '')
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${count} ${HEIGHT}`} preserveAspectRatio="none">
      {[0, top / 2, top].map((value) => (
        <line key={value} className="grid-line" x1="0" x2={count} y1={y(value)} y2={y(value)} />
      ))}
      {breaks.map((place) => (
        <line key={place} className="salt-break" x1={place * count} x2={place * count} y1="0" y2={HEIGHT} />
      ))}
      {cursor !== null && <line className="cursor-line" x1={x(cursor)} x2={x(cursor)} y1="0" y2={HEIGHT} />}
      {marks.flatMap(({ look, segments }) =>
        segments.map((points) => (
          <path
            key={`${look}-${points[0]?.at}`}
            className={points.length === 1 ? `point line-${look}` : `line line-${look}`}
            d={path(points)}
          />
        )),
      )}
    </svg>
  )
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
