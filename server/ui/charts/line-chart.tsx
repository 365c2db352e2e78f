import { useState } from 'react'
import type { PointerEvent } from 'react'
import { axisTop, segmentsOf } from './history.ts'
import { bucketTime, describeMoment } from './history-words.ts'
import { LineMarks } from './line-marks.tsx'

export type Series = { name: string; values: readonly (number | null)[]; look: 'solid' | 'dashed' | 'dotted' }

type LineChartProps = {
  label: string
  series: readonly Series[]
  instants: readonly string[]
  rangeHours: number
  /** Where pseudonyms changed, from 0 to 1. */
  breaks: readonly number[]
}

/** Counts over time. A pointer or the arrow keys read one moment; what has no value is a gap. */
export function LineChart({ label, series, instants, rangeHours, breaks }: LineChartProps) {
  const last = instants.length - 1
  const [chosen, setChosen] = useState<number | null>(null)
  const at = Math.min(chosen ?? last, last)
  const top = axisTop(series.map(({ values }) => values))
  const moment = describeMoment(
    instants[at] ?? '',
    rangeHours,
    series.map(({ name, values }) => ({ name, value: values[at] ?? null })),
  )
  const point = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setChosen(Math.max(0, Math.min(last, Math.floor(((event.clientX - left) / width) * instants.length))))
  }
  return (
    <div className="chart">
      <div className="chart-frame">
        <span className="axis axis-top">{top}</span>
        <span className="axis axis-bottom">0</span>
        <div className="plot" onPointerMove={point} onPointerLeave={() => setChosen(null)}>
          <LineMarks
            marks={series.map(({ look, values }) => ({ look, segments: segmentsOf(values) }))}
            size={{ count: instants.length, top }}
            breaks={breaks}
            cursor={chosen === null ? null : at}
          />
          <input
            type="range"
            className="plot-range"
            aria-label={`${label}: moment to read`}
            aria-valuetext={moment}
            min={0}
            max={last}
            value={at}
            onChange={(event) => setChosen(event.target.valueAsNumber)}
            onBlur={() => setChosen(null)}
          />
        </div>
      </div>
      <ul className="legend">
        <li>
          <time dateTime={instants[at]}>{bucketTime(instants[at] ?? '', rangeHours)}</time>
        </li>
        {series.map(({ name, look, values }) => (
          <li key={name}>
            <svg aria-hidden="true" className="legend-line" viewBox="0 0 20 8">
              <path className={`line line-${look}`} d="M1 4H19" />
            </svg>
            {name} <span className="legend-value">{values[at] ?? '–'}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
