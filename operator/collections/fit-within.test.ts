import { expect, test } from 'vitest'
import { fitWithin } from './fit-within.ts'

const data = { truncated: false, total: 64, long: Array.from({ length: 64 }, () => 'x'.repeat(20)), short: ['kept'] }

test('what fits is left as it is', () => {
  expect(fitWithin(data, ['long', 'short'])).toBe(data)
})

test('the longest list is cut until it fits; totals and other lists stay', () => {
  const fitting = fitWithin(data, ['short', 'long'], 600)
  expect(Buffer.byteLength(JSON.stringify(fitting))).toBeLessThanOrEqual(600)
  expect(fitting).toMatchObject({ truncated: true, total: 64, short: ['kept'] })
  expect(fitting.long).toHaveLength(16)
})

test('what does not fit without its lists is never sent', () => {
  expect(() => fitWithin(data, ['long', 'short'], 10)).toThrow('does not fit')
})
