import { expect, test } from 'vitest'
import { cpuQuantity, memoryQuantity, parseQuantity } from './quantity.ts'

test.each([
  ['8', 8],
  ['250m', 0.25],
  ['32Gi', 32 * 1024 ** 3],
  ['16393244Ki', 16393244 * 1024],
  ['1e3', 1000],
  ['2k', 2000],
  ['100n', 1e-7],
  ['many', 0],
])('%s stands for %d', (text, value) => {
  expect(parseQuantity(text)).toBeCloseTo(value, 12)
})

test('sums read as Kubernetes writes quantities', () => {
  expect(cpuQuantity(12)).toBe('12')
  expect(cpuQuantity(7.5)).toBe('7500m')
  expect(memoryQuantity(96 * 1024 ** 3)).toBe('96Gi')
  expect(memoryQuantity(3 * 1024 ** 3)).toBe('3072Mi')
  expect(memoryQuantity(0)).toBe('0Ki')
})
