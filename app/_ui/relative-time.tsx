'use client'

import { useEffect, useState } from 'react'
import { relativeTime } from './relative-time-words.ts'

const TICK_MS = 5_000

type RelativeTimeProps = {
  /** ISO 8601. */
  at: string
  /** When the server drew the page, ISO 8601: what counts as now until the browser's clock takes over. */
  renderedAt: string
}

/** How long ago, kept true while the page is open; the exact time with its zone on hover. */
export function RelativeTime({ at, renderedAt }: RelativeTimeProps) {
  const [nowMs, setNowMs] = useState(() => Date.parse(renderedAt))
  const [exact, setExact] = useState(at)

  useEffect(() => {
    setExact(new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(at)))
    const tick = () => setNowMs(Date.now())
    tick()
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }, [at])

  return (
    <time dateTime={at} title={exact}>
      {relativeTime(Date.parse(at), nowMs)}
    </time>
  )
}
