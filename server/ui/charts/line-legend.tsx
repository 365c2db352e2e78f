import type { Series } from './line-chart.tsx'

/** Which line is which: by its dashes, beside its colour. */
export function LineLegend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="legend">
      {series.map(({ name, look }) => (
        <li key={name}>
          <svg aria-hidden="true" className="legend-line" viewBox="0 0 20 8">
            <path className={`line line-${look}`} d="M1 4H19" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}
