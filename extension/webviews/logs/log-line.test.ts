import { expect, test } from 'vitest'
import { markedParts } from './app/marked-parts.ts'
import { PageLog } from './app/page-log.ts'
import { selectLines, splitLine, tidyLine } from './log-line.ts'
import { MAX_LINES } from './protocol.ts'
import { SeenLines } from './seen-lines.ts'

const T = '2026-11-26T10:00:00'

test('colours of terminals are taken away, and an endless line ends', () => {
  expect(tidyLine('\u001b[32minfo\u001b[0m ready')).toBe('info ready')
  expect(tidyLine('x'.repeat(20_000))).toHaveLength(16_384 + ' … (3616 more characters)'.length)
})

test('the kubelet’s time is told from the line', () => {
  expect(splitLine(`${T}.123456789Z GET / 200`)).toEqual({ time: `${T}.123456789Z`, text: 'GET / 200' })
  expect(splitLine('no time')).toEqual({ time: '', text: 'no time' })
  expect(splitLine(`${T}Z`)).toEqual({ time: `${T}Z`, text: '' })
})

test('lines that come again after a reconnect are known, and new ones of the same instant are not lost', () => {
  const seen = new SeenLines()
  const first = [`${T}.1Z a`, `${T}.25Z b`, `${T}.25Z b`].filter((line) => seen.isNew(line))
  expect(first).toHaveLength(3)
  expect(seen.since).toBe(`${T}.25Z`)
  seen.beginAgain()
  const again = [`${T}.1Z a`, `${T}.25Z b`, `${T}.25Z b`, `${T}.25Z c`, `${T}.250000001Z d`]
  expect(again.filter((line) => seen.isNew(line))).toEqual([`${T}.25Z c`, `${T}.250000001Z d`])
})

test('what is copied or saved are the lines that the filter lets through, without marks', () => {
  const entries = [`${T}Z Error: one`, { mark: 'restarted', tone: 'warning' as const }, `${T}Z fine`]
  expect(selectLines(entries, { filter: 'error', timestamps: false })).toEqual(['Error: one'])
  expect(selectLines(entries, { filter: '', timestamps: true })).toEqual([`${T}Z Error: one`, `${T}Z fine`])
})

test('every place of the filter’s text is marked, whatever its case', () => {
  const hits = markedParts('Error in error handler', 'ERROR').filter(({ isHit }) => isHit)
  expect(hits.map(({ text, at }) => [text, at])).toEqual([
    ['Error', 0],
    ['error', 9],
  ])
  expect(markedParts('plain', '')).toEqual([{ text: 'plain', isHit: false, at: 0 }])
})

test('the page keeps the newest lines, counts those that are gone, and filters what it keeps', () => {
  const log = new PageLog()
  const entries = Array.from({ length: MAX_LINES }, (_, at) => `${T}Z line ${at}`)
  log.add({ isNew: true, skipped: 0, entries })
  log.add({ isNew: false, skipped: 7, entries: [`${T}Z last needle`] })
  expect(log.read()).toMatchObject({ lines: MAX_LINES, gone: 2 + 7 })
  log.filter('NEEDLE')
  const texts = log.read().rows.map((row) => ('mark' in row ? row.mark.mark : row.text))
  expect(texts).toEqual(['7 lines are not shown: they came faster than they can be read.', 'last needle'])
  log.add({ isNew: true, skipped: 0, entries: [] })
  expect(log.read()).toEqual({ rows: [], lines: 0, gone: 0 })
})
