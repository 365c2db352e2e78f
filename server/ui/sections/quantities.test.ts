import { describe, expect, it } from 'vitest'
import { daysLeft } from './days-left.ts'
import { cores, memory, percent } from './quantities.ts'

describe('quantities in words', () => {
  it.each([
    [0, '0 MiB'],
    [900, '900 MiB'],
    [1024, '1 GiB'],
    [15_700, '15.3 GiB'],
    [2_097_152, '2 TiB'],
  ])('%j MiB is %j', (mebibytes, words) => expect(memory(mebibytes)).toBe(words))

  it('counts cores', () => {
    expect([cores(1), cores(0.5), cores(12.44)]).toEqual(['1 core', '0.5 cores', '12.4 cores'])
  })

  it('never calls a few none, nor divides by none', () => {
    expect([percent(0, 0), percent(0, 9), percent(1, 400), percent(1, 3), percent(9, 9)]).toEqual([
      '0 %',
      '0 %',
      '< 1 %',
      '33 %',
      '100 %',
    ])
  })

  it('says how long a trial lasts', () => {
    const now = Date.parse('2026-11-26T12:00:00Z')
    const left = ['2026-11-26T11:00:00Z', '2026-11-26T13:00:00Z', '2026-11-27T13:00:00Z', '2026-12-06T12:00:00Z']
    expect(left.map((at) => daysLeft(at, now))).toEqual([
      'ended',
      'ends within a day',
      'ends in 1 day',
      'ends in 10 days',
    ])
  })
})
