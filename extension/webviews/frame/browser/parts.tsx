import { useEffect, useId, useState } from 'react'
import type { ReactNode } from 'react'
import { CELL_PLACES, glyphCells, MARK_CELLS } from '#contract/glyph.ts'
import type { Tone } from '../tone.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { relativeTimeWords } from './relative-time-words.ts'

const toneIcons: Record<Tone, IconName> = {
  good: 'pass',
  info: 'info',
  busy: 'sync',
  warning: 'warning',
  bad: 'error',
  quiet: 'circle',
}

export function ToneIcon({ tone }: { tone: Tone }) {
  return <Icon name={toneIcons[tone]} className={`tone-${tone}`} />
}

/** A word with the icon of its tone. */
export function ToneWord({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="word">
      <ToneIcon tone={tone} />
      <span>{children}</span>
    </span>
  )
}

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="badge">
      <ToneIcon tone={tone} />
      {children}
    </span>
  )
}

/** The picture by which people know a cluster at sight; the mark of kube9 while its id is unknown. */
export function Glyph({ clusterId, size, tone }: { clusterId: string | null; size: number; tone: Tone | null }) {
  const cells = clusterId === null ? MARK_CELLS : glyphCells(clusterId)
  return (
    <svg
      className={`glyph ${tone === null ? '' : `tone-${tone}`}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden
    >
      {CELL_PLACES.map(({ x, y }, at) => (
        <rect key={`${x}-${y}`} x={x} y={y} width="6" height="6" rx="1.5" fillOpacity={cells[at] ? 1 : 0.16} />
      ))}
    </svg>
  )
}

export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

export function Fold({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details>
      <summary>
        <Icon name="chevron-right" />
        {summary}
      </summary>
      {children}
    </details>
  )
}

/** What happened, and what to do. */
export function Notice({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <div className={`notice tone-${tone}`} aria-live="polite">
      <ToneIcon tone={tone} />
      <div className="text">{children}</div>
    </div>
  )
}

/** "2 minutes ago", exact on hover. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow()
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <>{at}</>
  const exact = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })
  return (
    <time dateTime={at} title={exact} className="numeric">
      {relativeTimeWords(date.getTime(), now)}
    </time>
  )
}

/** Ticks often enough for words that say minutes. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Lines of the shape of what is coming. */
export function Skeleton({ widths }: { widths: readonly number[] }) {
  return (
    <div aria-hidden>
      {widths.map((width, at) => (
        // The lines never move.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="skeleton" style={{ width: `${width}%`, height: 14, margin: '8px 0' }} />
      ))}
    </div>
  )
}
