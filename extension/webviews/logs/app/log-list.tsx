import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { ToneWord } from '../../frame/browser/parts.tsx'
import type { LogPhase } from '../protocol.ts'
import { markedParts } from './marked-parts.ts'
import type { Show } from './logs-toolbar.tsx'
import type { LogView, Row } from './page-log.ts'

/** As near to the end as that is at the end. */
const END_PX = 8
const ROW_PX = 19
const UP_KEYS = new Set(['ArrowUp', 'PageUp', 'Home'])

interface LogListProps {
  view: LogView
  show: Show
  paused: boolean
  onPause: (paused: boolean) => void
  phase: LogPhase
}

/** Only the rows in sight are in the document. It stays at the end until one scrolls up, and again once one is back there. */
export function LogList({ view: { rows, lines }, show, paused, onPause, phase }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => rows[at]?.number ?? at,
    overscan: 30,
  })
  useEffect(() => virtual.measure(), [virtual, show.wrap, show.timestamps])
  useLayoutEffect(() => {
    if (!paused && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [virtual, rows, paused, show.wrap, show.timestamps])
  useScrollIntent(scroller, { paused, onPause })

  return (
    <div
      ref={scroller}
      className={`log-list mono ${show.wrap ? 'wraps' : ''}`}
      role="log"
      aria-live="off"
      aria-label="Lines"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {rows.length === 0 && <p className="empty quiet">{emptyWords(phase, lines)}</p>}
      <div className="log-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <div
              key={key}
              ref={show.wrap ? virtual.measureElement : undefined}
              data-index={index}
              className="log-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <RowView row={row} show={show} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowView({ row, show }: { row: Row; show: Show }) {
  if ('mark' in row) {
    return (
      <span className="log-mark">
        <ToneWord tone={row.mark.tone}>{row.mark.mark}</ToneWord>
      </span>
    )
  }
  return (
    <>
      {show.timestamps && <span className="log-time">{`${row.time.slice(0, 23).replace('T', ' ')} `}</span>}
      {markedParts(row.text, show.filter).map(({ text, isHit, at }) => (isHit ? <mark key={at}>{text}</mark> : text))}
    </>
  )
}

function emptyWords(phase: LogPhase, lines: number): string {
  if (lines > 0) return 'No line has this text.'
  if (phase === 'connecting') return 'Connecting…'
  if (phase === 'following') return 'Nothing yet. New lines show here as they are written.'
  return phase === 'ended' ? 'This log is empty.' : ''
}

/**
 * A person who scrolls up wants to read; one who is back at the end wants to follow. Scrolling up counts only from a person's hand:
 * rows that are measured move the list too.
 */
function useScrollIntent(
  scroller: RefObject<HTMLDivElement | null>,
  { paused, onPause }: Pick<LogListProps, 'paused' | 'onPause'>,
): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const listening = new AbortController()
    const { signal } = listening
    let lastTop = element.scrollTop
    let isHeld = false
    const up = () => {
      if (!paused && element.scrollTop > 0) onPause(true)
    }
    const scrolled = () => {
      const isAtEnd = element.scrollHeight - element.clientHeight - element.scrollTop <= END_PX
      const moved = element.scrollTop - lastTop
      lastTop = element.scrollTop
      if (paused && moved > 0 && isAtEnd) onPause(false)
      else if (isHeld && moved < 0 && !isAtEnd) up()
    }
    const options = { passive: true, signal }
    element.addEventListener('scroll', scrolled, options)
    element.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && up(), options)
    element.addEventListener('touchmove', up, options)
    element.addEventListener('keydown', ({ key }) => UP_KEYS.has(key) && up(), options)
    element.addEventListener('pointerdown', () => (isHeld = true), options)
    window.addEventListener('pointerup', () => (isHeld = false), options)
    return () => listening.abort()
  }, [scroller, paused, onPause])
}
