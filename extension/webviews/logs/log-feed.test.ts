import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LogBuffer } from './log-buffer.ts'
import { LogFeed } from './log-feed.ts'
import type { ToLogs } from './protocol.ts'

type Batch = Extract<ToLogs, { type: 'lines' }>

let posted: ToLogs[]
let feed: LogFeed
let buffer: LogBuffer

beforeEach(() => {
  vi.useFakeTimers()
  posted = []
  feed = new LogFeed((message) => void posted.push(message))
  buffer = new LogBuffer({ maxLines: 100, maxCharacters: 100_000 })
  feed.show(buffer)
})
afterEach(() => {
  feed.end()
  vi.useRealTimers()
})

const batches = () => posted.filter((message): message is Batch => message.type === 'lines')
const acknowledge = () => feed.got(batches().at(-1)?.batch ?? 0)
const write = (lines: number) => {
  for (let at = 0; at < lines; at++) {
    buffer.push(`line ${at}`)
    feed.wake()
  }
}

test('however fast lines come, a page that keeps up gets at most ten batches a second', () => {
  acknowledge()
  posted = []
  for (let ms = 0; ms < 1_000; ms += 10) {
    write(50)
    vi.advanceTimersByTime(10)
    acknowledge()
  }
  expect(batches().length).toBeGreaterThanOrEqual(8)
  expect(batches().length).toBeLessThanOrEqual(10)
})

test('a page that does not answer gets nothing more, and afterwards hears how much it missed', () => {
  write(1_000)
  vi.advanceTimersByTime(10_000)
  expect(batches()).toHaveLength(1)
  acknowledge()
  vi.advanceTimersByTime(100)
  expect(batches().at(-1)).toMatchObject({ isNew: false, skipped: 900 })
  expect(batches().at(-1)?.entries).toHaveLength(100)
})

test('paused, it says how much waits, and goes on where it was', () => {
  acknowledge()
  feed.setPaused(true)
  write(30)
  vi.advanceTimersByTime(2_000)
  expect(posted.at(-1)).toEqual({ v: 1, type: 'behind', count: 30 })
  expect(batches()).toHaveLength(1)
  feed.setPaused(false)
  vi.advanceTimersByTime(200)
  expect(batches().at(-1)?.entries).toHaveLength(30)
})

test('a page that is drawn again gets all that is kept, at once', () => {
  write(20)
  feed.show(buffer)
  expect(batches().at(-1)).toMatchObject({ isNew: true, skipped: 0 })
  expect(batches().at(-1)?.entries).toHaveLength(20)
})
