import { describe, expect, it } from 'vitest'
import type { HealthHistory } from '#contract/cluster-report.ts'
import { axisTop, placesOf, runsOf, secondsByHealth, segmentsOf } from './history.ts'
import type { Bucket } from './history.ts'
import {
  bucketTime,
  describeHealth,
  describeMoment,
  describeNodes,
  describePods,
  describeRestarts,
  duration,
} from './history-words.ts'

const BEGIN = Date.parse('2026-11-26T09:00:00.000Z')
const MINUTES_10 = 600

/** Buckets of ten minutes from nine o'clock, each with what is said of it. */
function history(buckets: Partial<Bucket>[], saltBreaks: string[] = []): HealthHistory {
  return {
    bucketSeconds: MINUTES_10,
    saltBreaks,
    buckets: buckets.map((bucket, at) => ({
      at: new Date(BEGIN + at * MINUTES_10 * 1_000).toISOString(),
      health: 'healthy',
      beats: 20,
      nodes: null,
      readyNodes: null,
      podsRunning: null,
      podsPending: null,
      podsFailed: null,
      restarts: null,
      ...bucket,
    })),
  }
}

const at = (place: number) => bucketTime(new Date(BEGIN + place * MINUTES_10 * 1_000).toISOString(), 24)

describe('buckets', () => {
  it('of the same health that touch are one run', () => {
    const buckets = [{ health: 'silent' }, { health: 'healthy' }, { health: 'healthy' }, { health: 'silent' }] as const
    expect(runsOf(buckets)).toEqual([
      { health: 'silent', from: 0, length: 1 },
      { health: 'healthy', from: 1, length: 2 },
      { health: 'silent', from: 3, length: 1 },
    ])
    expect(runsOf([])).toEqual([])
  })

  it('without a value are gaps, never zeros', () => {
    expect(segmentsOf([null, 1, 2, null, null, 3, null])).toEqual([
      [
        { at: 1, value: 1 },
        { at: 2, value: 2 },
      ],
      [{ at: 5, value: 3 }],
    ])
    expect(segmentsOf([null, null])).toEqual([])
    expect(segmentsOf([0])).toEqual([[{ at: 0, value: 0 }]])
  })

  it('that are shorter than the pace of collections are joined, and a collection that is missing is a gap still', () => {
    const everyFifth = (from: number, to: number) => (at: number) =>
      at % 5 === 0 && at >= from && at <= to ? at : null
    const places = Array.from({ length: 60 }, (_, at) => at)
    expect(segmentsOf(places.map(everyFifth(0, 59))).map((points) => points.length)).toEqual([12])
    const broken = places.map((at) => everyFifth(0, 20)(at) ?? everyFifth(40, 59)(at))
    expect(segmentsOf(broken).map((points) => points.map(({ at }) => at))).toEqual([
      [0, 5, 10, 15, 20],
      [40, 45, 50, 55],
    ])
  })

  it('add up to the whole range', () => {
    const seconds = secondsByHealth(history([{}, { health: 'degraded' }, { health: 'silent' }, {}]))
    expect(seconds).toEqual({ healthy: 1_200, degraded: 600, unhealthy: 0, silent: 600 })
  })
})

describe('an axis', () => {
  it.each([
    [[], 1],
    [[0, null], 1],
    [[3], 3],
    [[7], 10],
    [[12], 20],
    [[21], 25],
    [[137, null, 90], 200],
    [[1_001], 2_000],
  ])('for %j ends at %j', (values, top) => {
    expect(axisTop([values])).toBe(top)
  })

  it('places salt breaks between its begin and its end, and none outside', () => {
    const of = history([{}, {}, {}, {}])
    const breaks = ['2026-11-26T08:59:00Z', '2026-11-26T09:00:00Z', '2026-11-26T09:10:00Z', '2026-11-26T09:41:00Z']
    expect(placesOf(breaks, of)).toEqual([0, 0.25])
    expect(placesOf(breaks, history([]))).toEqual([])
  })
})

describe('a chart in words', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [4_800, '1 h 20 min'],
    [3_600, '1 h'],
    [3_605, '1 h'],
    [183_600, '2 d 3 h'],
  ])('says %j seconds as %j', (seconds, words) => {
    expect(duration(seconds)).toBe(words)
  })

  it('says how long each health held, and when last', () => {
    expect(describeHealth(history([{}, {}]), 24)).toBe('Healthy throughout the last 24 hours.')
    expect(describeHealth(history([{ health: 'silent' }]), 1)).toBe('No heartbeat was heard in the last hour.')
    const mixed = history([{}, { health: 'degraded' }, { health: 'silent' }, { health: 'unhealthy' }, {}, {}])
    expect(describeHealth(mixed, 24)).toBe(
      `Healthy for 30 min of the last 24 hours. Unhealthy for 10 min, last at ${at(3)}. ` +
        `Degraded for 10 min, last at ${at(1)}. Nothing was heard for 10 min, last at ${at(2)}.`,
    )
  })

  it('says of nodes how many are ready, and the worst moment', () => {
    expect(describeNodes(history([{}]).buckets, 24)).toBe('No collection came in this time.')
    const calm = history([{ nodes: 3, readyNodes: 3 }, {}, { nodes: 4, readyNodes: 4 }])
    expect(describeNodes(calm.buckets, 24)).toBe(`4 of 4 nodes ready at ${at(2)}; all were ready the whole time.`)
    const dip = history([
      { nodes: 3, readyNodes: 1 },
      { nodes: 3, readyNodes: 3 },
    ])
    expect(describeNodes(dip.buckets, 24)).toBe(`3 of 3 nodes ready at ${at(1)}; at worst 1 of 3, at ${at(0)}.`)
    const bad = history([{ nodes: 1, readyNodes: 0 }])
    expect(describeNodes(bad.buckets, 24)).toBe(`0 of 1 node ready at ${at(0)}.`)
  })

  it('says of pods where they stand, and peaks that are over', () => {
    const pods = (podsRunning: number, podsPending: number, podsFailed: number) => ({
      podsRunning,
      podsPending,
      podsFailed,
    })
    expect(describePods(history([{}]).buckets, 24)).toBe('No collection came in this time.')
    expect(describePods(history([pods(9, 0, 0), pods(8, 1, 0)]).buckets, 24)).toBe(
      `8 running, 1 pending, 0 failed at ${at(1)}.`,
    )
    expect(describePods(history([pods(5, 6, 2), pods(9, 1, 0), {}]).buckets, 24)).toBe(
      `9 running, 1 pending, 0 failed at ${at(1)}; at most 6 pending at ${at(0)} and 2 failed at ${at(0)}.`,
    )
  })

  it('says of restarts how the count moved', () => {
    const of = (...restarts: (number | null)[]) =>
      describeRestarts(history(restarts.map((n) => ({ restarts: n }))).buckets)
    expect(of(null)).toBe('No collection came in this time.')
    expect(of(null, 7, null)).toBe('7 restarts counted.')
    expect(of(1, null, 15)).toBe('15 restarts counted, 14 more than at the beginning.')
    expect(of(15, 1)).toBe(
      '1 restart counted, 14 fewer than at the beginning: containers that are gone no longer count.',
    )
    expect(of(4, 9, 4)).toBe('4 restarts counted, as many as at the beginning.')
  })

  it('says what one moment holds', () => {
    const iso = new Date(BEGIN).toISOString()
    const series = [
      { name: 'Nodes', value: 4 },
      { name: 'Ready', value: 3 },
    ]
    expect(describeMoment(iso, 24, series)).toBe(`${at(0)}: 4 nodes, 3 ready`)
    expect(describeMoment(iso, 24, [{ name: 'Nodes', value: null }])).toBe(`${at(0)}: no collection`)
  })
})
