import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../parts/icon.tsx'

type ChartCardProps = {
  title: string
  /** What the chart shows, in words. */
  summary: string
  chart: ReactNode
  /** Drawn when it is asked for. */
  table: () => ReactNode
}

/** A chart with its words, and the same as a table. */
export function ChartCard({ title, summary, chart, table }: ChartCardProps) {
  const id = useId()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="card chart-card" aria-labelledby={id}>
      <header className="card-head">
        <h3 id={id}>{title}</h3>
        <button
          type="button"
          className="icon-button"
          aria-pressed={asTable}
          aria-label={`View ${title.toLowerCase()} as table`}
          title="View as table"
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name={asTable ? 'graph' : 'table'} />
        </button>
      </header>
      <p className="muted summary">{summary}</p>
      {asTable ? table() : chart}
    </section>
  )
}
