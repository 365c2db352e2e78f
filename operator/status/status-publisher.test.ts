import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { createLog } from '../log.ts'
import { StatusPublisher } from './status-publisher.ts'

let error: string | null
let written: (string | null)[]
let writable: string[]
let triedAt: number[]
let fails: boolean
let writeTakesMs: number

const compose = vi.fn(() => {
  const conditions = [{ type: 'StatusWritable', status: publisher.fault === null ? 'True' : 'False' }]
  return { error, conditions, lastUpdate: new Date().toISOString(), namespace: 'x' } as OperatorStatus
})
let publisher: StatusPublisher

beforeEach(() => {
  vi.useFakeTimers()
  ;[error, written, writable, triedAt, fails, writeTakesMs] = [null, [], [], [], false, 0]
  publisher = new StatusPublisher({
    compose,
    write: async (text) => {
      triedAt.push(Date.now())
      if (writeTakesMs > 0) await new Promise((resolve) => setTimeout(resolve, writeTakesMs))
      if (fails) throw new Error('forbidden')
      const status = JSON.parse(text) as OperatorStatus
      written.push(status.error)
      writable.push(status.conditions[0]?.status ?? '')
    },
    intervalSeconds: () => 60,
    log: createLog('error', () => undefined),
    // The worst that an owner may do: a write is a change to it, too.
    onWrite: () => publisher.changed(),
  })
})
afterEach(async () => {
  const stopped = publisher.stop()
  await vi.runAllTimersAsync()
  await stopped
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
  expect(written[0]).toBeNull()
})

describe('while writing fails', () => {
  beforeEach(() => {
    fails = true
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
  })
  afterEach(() => vi.restoreAllMocks())

  /** Passes the time in steps, and has something new to say in each. */
  async function passWithChanges(durationMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 250) {
      error = `${error ?? ''}.`
      publisher.changed()
      await vi.advanceTimersByTimeAsync(250)
    }
  }
  const pausesMs = () => triedAt.slice(1).map((at, index) => at - (triedAt[index] ?? 0))

  test('each pause is the drawn one, up to half a minute, whatever changes meanwhile', async () => {
    await publisher.start()
    await passWithChanges(130_000)
    expect(pausesMs()).toEqual([1_500, 2_000, 3_000, 5_000, 9_000, 17_000, 31_000, 31_000])
  })

  test('what changes during a write that then fails does not bring the next one forward', async () => {
    writeTakesMs = 10_000
    void publisher.start()
    await passWithChanges(60_000)
    expect(pausesMs()).toEqual([11_500, 12_000, 13_000, 15_000])
  })

  test('what changes is composed at once, so that its time is noted and it is logged', async () => {
    await publisher.start()
    compose.mockClear()
    publisher.changed()
    expect(compose).toHaveBeenCalledOnce()
  })

  test('the first status that is written says so, with what is new, and a second later one says that it is over', async () => {
    await publisher.start()
    await passWithChanges(60_000)
    fails = false
    await vi.advanceTimersByTimeAsync(31_000)
    expect([written, writable]).toEqual([
      [error, error],
      ['False', 'True'],
    ])
    const [refusedLast, acceptedFirst, last] = triedAt.slice(-3)
    expect([(acceptedFirst ?? 0) - (refusedLast ?? 0), (last ?? 0) - (acceptedFirst ?? 0)]).toEqual([31_000, 1_000])
  })
})

test('what changes during a write is written a second after it, and nothing twice', async () => {
  writeTakesMs = 5_000
  const started = publisher.start()
  await vi.advanceTimersByTimeAsync(2_000)
  error = 'meanwhile'
  publisher.changed()
  await vi.advanceTimersByTimeAsync(3_000)
  await started
  expect(written).toEqual([null])
  await vi.advanceTimersByTimeAsync(1_000 + writeTakesMs)
  expect(written).toEqual([null, 'meanwhile'])
  await vi.advanceTimersByTimeAsync(30_000)
  expect(triedAt).toHaveLength(2)
})

test('nothing is written after the end', async () => {
  await publisher.start()
  error = 'late'
  publisher.changed()
  await publisher.stop()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(written).toEqual([null])
})
