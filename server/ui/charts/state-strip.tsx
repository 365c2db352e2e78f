import { useId } from 'react'
import { runsOf } from './history.ts'
import type { BucketHealth } from './history.ts'

const HEIGHT = 28

export const healthWords: Record<BucketHealth, string> = {
  healthy: 'Healthy',
  degraded: 'Degraded',
  unhealthy: 'Unhealthy',
  silent: 'Nothing heard',
}
const healths = Object.keys(healthWords) as BucketHealth[]

type StripProps = { buckets: readonly { health: BucketHealth }[]; summary: string; breaks: readonly number[] }

/** Health over time as one bar. Each health has a pattern and a height of its own beside its colour. */
export function StateStrip({ buckets, summary, breaks }: StripProps) {
  const id = useId()
  const count = buckets.length
  return (
    <div className="strip">
      <svg
        role="img"
        aria-label={summary}
        className="strip-plot"
        viewBox={`0 0 ${count} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {runsOf(buckets).map(({ health, from, length }) => (
          <rect key={from} className={`health-${health}`} x={from} width={length} {...bandOf(health)} />
        ))}
        {breaks.map((place) => (
          <line key={place} className="salt-break" x1={place * count} x2={place * count} y1="0" y2={HEIGHT} />
        ))}
      </svg>
      <ul className="legend" aria-labelledby={id}>
        <li id={id} className="visually-hidden">
          Legend
        </li>
        {healths.map((health) => (
          <li key={health}>
            <svg aria-hidden="true" className="legend-key" viewBox={`0 0 14 ${HEIGHT}`} preserveAspectRatio="none">
              <rect className={`health-${health}`} x="0" width="14" {...bandOf(health)} />
            </svg>
            {healthWords[health]}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How high a health stands: the worse, the lower; silence is a line at the bottom. */
function bandOf(health: BucketHealth): { y: number; height: number } {
  const heights: Record<BucketHealth, number> = { healthy: HEIGHT, degraded: 19, unhealthy: 10, silent: 2 }
  return { y: HEIGHT - heights[health], height: heights[health] }
}
