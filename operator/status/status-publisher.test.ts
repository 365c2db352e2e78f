import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { createLog } from '../log.ts'
import { StatusPublisher } from './status-publisher.ts'

let error: string | null
let written: (string | null)[]
let fails: boolean
let publisher: StatusPublisher

beforeEach(() => {
  vi.useFakeTimers()
  ;[error, written, fails] = [null, [], false]
  publisher = new StatusPublisher({
    compose: () => ({ error, lastUpdate: new Date().toISOString(), namespace: 'x' }) as OperatorStatus,
    write: (text) => {
      if (fails) return Promise.reject(new Error('forbidden'))
      written.push((JSON.parse(text) as OperatorStatus).error)
      return Promise.resolve()
    },
    intervalSeconds: () => 60,
    log: createLog('error', () => undefined),
    onWrite: () => undefined,
  })
})
afterEach(async () => {
  await publisher.stop()
  vi.useRealTimers()
})

test('a burst of changes is one write, a second after the first of them', async () => {
  await publisher.start()
  for (const text of ['a', 'b', 'c']) {
    error = text
    publisher.changed()
    await vi.advanceTimersByTimeAsync(300)
  }
  expect(written).toEqual([null])
  await vi.advanceTimersByTimeAsync(100)
  expect(written).toEqual([null, 'c'])
})

test('without a change it is written once in an interval, and no more', async () => {
  await publisher.start()
  for (let second = 0; second < 59; second++) {
    publisher.changed()
    await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(written).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(written).toHaveLength(2)
})

test('a write that fails is tried again until it succeeds', async () => {
  fails = true
  await publisher.start()
  expect(publisher).toMatchObject({ isPublished: false, fault: 'forbidden' })
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  fails = false
  await vi.advanceTimersByTimeAsync(31_000)
  expect(publisher).toMatchObject({ isPublished: true, fault: null })
  expect(written).toHaveLength(1)
})

test('nothing is written after the end', async () => {
  await publisher.start()
  error = 'late'
  publisher.changed()
  await publisher.stop()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(written).toEqual([null])
})
