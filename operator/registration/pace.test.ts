import { expect, test } from 'vitest'
import { backoffMs, beatMs } from './pace.ts'

const most = () => 1
const least = () => 0

test('the bound doubles from 1 s to 15 min and never ends', () => {
  const bounds = [1, 2, 3, 4, 10, 11, 50, 10_000].map((failures) => backoffMs(failures, null, most) / 1000)
  expect(bounds).toEqual([1, 2, 4, 8, 512, 900, 900, 900])
})

test('the jitter is full: any time below the bound', () => {
  expect(backoffMs(11, null, least)).toBe(0)
  const drawn = Array.from({ length: 500 }, () => backoffMs(11))
  expect(Math.min(...drawn)).toBeLessThan(100_000)
  expect(Math.max(...drawn)).toBeGreaterThan(800_000)
  expect(Math.max(...drawn)).toBeLessThanOrEqual(900_000)
})

test('Retry-After is the least, and cannot silence the operator for good', () => {
  expect(backoffMs(1, 30, least)).toBe(30_000)
  expect(backoffMs(1, 30, most)).toBe(31_000)
  expect(backoffMs(1, 86_400, most)).toBeLessThanOrEqual(901_000)
})

test('beats keep the server’s pace within 10 %', () => {
  expect(beatMs(30, least)).toBeCloseTo(27_000)
  expect(beatMs(30, most)).toBeCloseTo(33_000)
})
