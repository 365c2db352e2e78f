import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clusterIdOf } from '#contract/cluster-identity.ts'
import { firstDelayMs, nextTurn, phaseOf } from './schedule.ts'

const clusters = Array.from({ length: 3_000 }, (_, at) =>
  clusterIdOf(`sha256:${createHash('sha256').update(String(at)).digest('hex')}`),
)
const intervalMs = 300_000

describe('a fleet', () => {
  test('is spread evenly over the interval, and each cluster keeps its moment', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const cluster of clusters) {
      const turn = { phase: phaseOf(cluster), offset: 0, intervalMs }
      const at = nextTurn(turn, 1_000_000_000_000)
      expect(nextTurn(turn, at)).toBe(at + intervalMs)
      const tenth = Math.floor(((at % intervalMs) / intervalMs) * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(count).toBeGreaterThan(clusters.length / 10 / 1.5)
  })

  test('that is installed at once does not come at once', () => {
    const delays = clusters.map(() => firstDelayMs(intervalMs))
    expect(Math.max(...delays)).toBeLessThan(10_000)
    expect(delays.filter((delay) => delay < 1_000).length).toBeLessThan(clusters.length / 5)
  })
})

test('the types of one cluster have moments of their own', () => {
  const moments = [0, 1 / 3, 2 / 3].map((offset) => nextTurn({ phase: 0.9, offset, intervalMs }, 0) % intervalMs)
  const [first = 0, second = 0, third = 0] = moments.toSorted((one, other) => one - other)
  expect(second - first).toBeGreaterThan(99_000)
  expect(third - second).toBeGreaterThan(99_000)
})

test.each([1_000, 5_000, 300_000])('from any moment the next is half to one and a half of %d ms away', (interval) => {
  for (let last = 0; last < 3 * interval; last += interval / 7) {
    const pause = nextTurn({ phase: 0.37, offset: 2 / 3, intervalMs: interval }, last) - last
    expect(pause).toBeGreaterThanOrEqual(interval / 2)
    expect(pause).toBeLessThanOrEqual(interval * 1.5)
  }
})

test('at the fastest pace the first wait is no longer than the interval', () => {
  expect(firstDelayMs(1_000, () => 0.999)).toBeLessThan(1_000)
})
