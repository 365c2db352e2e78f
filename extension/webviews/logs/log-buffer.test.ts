import { expect, test } from 'vitest'
import { LogBuffer } from './log-buffer.ts'

test('keeps the newest lines, and says how many a reader missed', () => {
  const buffer = new LogBuffer({ maxLines: 3, maxCharacters: 1_000 })
  for (const line of ['a', 'b', 'c', 'd', 'e']) buffer.push(line)
  expect(buffer.since(0)).toEqual({ entries: ['c', 'd', 'e'], skipped: 2, end: 5 })
  expect(buffer.since(4)).toEqual({ entries: ['e'], skipped: 0, end: 5 })
  expect(buffer.since(5)).toEqual({ entries: [], skipped: 0, end: 5 })
})

test('a few long lines are bounded as well as many short ones', () => {
  const buffer = new LogBuffer({ maxLines: 100, maxCharacters: 100 })
  for (let at = 0; at < 10; at++) buffer.push(String(at).repeat(40))
  expect(buffer.all()).toEqual(['8'.repeat(40), '9'.repeat(40)])
})

test('a million lines leave ten thousand behind', () => {
  const buffer = new LogBuffer()
  for (let at = 0; at < 1_000_000; at++) buffer.push(`line ${at}`)
  expect(buffer.length).toBe(10_000)
  expect(buffer.all()[0]).toBe('line 990000')
  expect(buffer.since(999_999)).toEqual({ entries: ['line 999999'], skipped: 0, end: 1_000_000 })
})
