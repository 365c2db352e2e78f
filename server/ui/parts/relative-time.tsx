import { useSyncExternalStore } from 'react'

const TICK_MS = 1_000
const UNITS = [
  ['second', 1, 60],
  ['minute', 60, 3_600],
  ['hour', 3_600, 86_400],
  ['day', 86_400, Infinity],
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' })

/** "12 seconds ago". Clocks differ a little, so what is about to come is "just now" too. */
export function relativeTime(atMs: number, nowMs: number): string {
  const seconds = Math.round((atMs - nowMs) / 1_000)
  const distance = Math.abs(seconds)
  if (distance < 2 || (seconds > 0 && seconds < 30)) return 'just now'
  const [unit, length] = UNITS.find(([, , below]) => distance < below) ?? UNITS[3]
  return words.format(Math.trunc(seconds / length), unit)
}

/** One clock for the whole page, which stands still while nobody listens. */
const clock = {
  nowMs: Date.now(),
  listeners: new Set<() => void>(),
  timer: undefined as ReturnType<typeof setInterval> | undefined,
}

function listenToClock(listener: () => void): () => void {
  clock.listeners.add(listener)
  // It stood still until now.
  if (clock.timer === undefined) clock.nowMs = Date.now()
  clock.timer ??= setInterval(() => {
    clock.nowMs = Date.now()
    for (const each of clock.listeners) each()
  }, TICK_MS)
  return () => {
    clock.listeners.delete(listener)
    if (clock.listeners.size > 0) return
    clearInterval(clock.timer)
    clock.timer = undefined
  }
}

/** How long ago, kept true while the page is open; the exact time with its zone on hover. */
export function RelativeTime({ at }: { at: string }) {
  const text = useSyncExternalStore(listenToClock, () => relativeTime(Date.parse(at), clock.nowMs))
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {text}
    </time>
  )
}
