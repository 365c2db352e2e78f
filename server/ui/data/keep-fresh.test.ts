import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { HostMessage } from '#contract/webview-protocol.ts'
import { Observable } from '../parts/observable.ts'
import type { SessionState } from '../session/session.ts'
import type { StreamState } from './change-stream.ts'
import { Freshness } from './keep-fresh.ts'
import { configurationQuery, createQueryClient, nodesQuery, workloadsQuery } from './queries.ts'
import type { Reports } from './reports.ts'

const BEAT_MS = 30_000

/** A page that shows nodes, workloads and configuration, of which the server has what this test put there. */
async function open() {
  const arrived = { nodes: 'first', workloads: 'first', configuration: 'first' }
  const asked = { nodes: 0, workloads: 0, configuration: 0 }
  const read = (name: keyof typeof arrived) => async () => {
    asked[name] += 1
    return { receivedAt: arrived[name] }
  }
  const reports = {
    nodes: read('nodes'),
    workloads: read('workloads'),
    configuration: read('configuration'),
  } as unknown as Reports
  const queries = createQueryClient()
  const nodes = new QueryObserver(queries, nodesQuery(reports))
  const workloads = new QueryObserver(queries, workloadsQuery(reports))
  const configuration = new QueryObserver(queries, configurationQuery(reports))
  nodes.subscribe(() => undefined)
  workloads.subscribe(() => undefined)
  configuration.subscribe(() => undefined)
  let tell: (message: HostMessage) => void = () => undefined
  const host = {
    listen: (listener: typeof tell) => {
      tell = listener
      return () => undefined
    },
  }
  const stream = { state: new Observable<StreamState>('live'), resume: vi.fn(), pause: vi.fn() }
  const session = { state: new Observable<SessionState>({ phase: 'open' }) }
  const freshness = new Freshness({ queries, reports, session, host, stream })
  freshness.hear('opened')
  await vi.advanceTimersByTimeAsync(1_000)
  return {
    arrived,
    asked,
    stream,
    hear: (event: string) => freshness.hear(event),
    see: (visible: boolean) => tell({ v: 1, type: 'visibility', visible }),
    shown: () => [nodes, workloads, configuration].map((shown) => shown.getCurrentResult().data?.receivedAt),
    /** Time goes on, with the notices of heartbeats. */
    beatFor: async (ms: number) => {
      for (let passedMs = 0; passedMs < ms; passedMs += BEAT_MS) {
        await vi.advanceTimersByTimeAsync(BEAT_MS)
        freshness.hear('change')
      }
      await vi.advanceTimersByTimeAsync(1_000)
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('what the page shows', () => {
  it('follows a collection of every type within 90 s, though the types come a third of the pace apart', async () => {
    const { arrived, hear, shown, beatFor } = await open()
    arrived.nodes = 'second'
    hear('change')
    await beatFor(90_000)
    arrived.workloads = 'second'
    hear('change')
    await beatFor(90_000)
    expect(shown()).toEqual(['second', 'second', 'first'])
    arrived.configuration = 'second'
    hear('change')
    await beatFor(90_000)
    expect(shown()).toEqual(['second', 'second', 'second'])
  })

  it('follows at once when types come right after one another', async () => {
    const { arrived, hear, shown } = await open()
    for (const type of ['nodes', 'workloads', 'configuration'] as const) {
      arrived[type] = 'second'
      hear('change')
      await vi.advanceTimersByTimeAsync(3_000)
    }
    expect(shown()).toEqual(['second', 'second', 'second'])
  })

  it('is read seldom where it is large, however many notices come', async () => {
    const { asked, hear } = await open()
    const before = { ...asked }
    for (let second = 0; second < 600; second++) {
      hear('change')
      hear('change')
      await vi.advanceTimersByTimeAsync(1_000)
    }
    const heavy = [asked.workloads - before.workloads, asked.configuration - before.configuration]
    expect(asked.nodes - before.nodes).toBeGreaterThan(500)
    for (const reads of heavy) {
      expect(reads).toBeGreaterThanOrEqual(9)
      expect(reads).toBeLessThanOrEqual(10)
    }
  })

  it('is read whole after a gap in the notices', async () => {
    const { arrived, hear, shown } = await open()
    for (const event of ['read-again', 'opened']) {
      Object.assign(arrived, { workloads: event, configuration: event })
      hear(event)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(shown()).toEqual(['first', event, event])
    }
  })

  it('is not read while nobody looks, and is whole when somebody does', async () => {
    const { arrived, asked, stream, shown, see, beatFor } = await open()
    see(false)
    expect(stream.pause).toHaveBeenCalledTimes(1)
    const before = { ...asked }
    Object.assign(arrived, { nodes: 'second', workloads: 'second', configuration: 'second' })
    await beatFor(600_000)
    expect(asked).toEqual(before)
    see(true)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(shown()).toEqual(['second', 'second', 'second'])
  })

  it('is asked for from time to time while there is no stream', async () => {
    const { arrived, stream, shown } = await open()
    stream.state.set('away')
    Object.assign(arrived, { nodes: 'second', workloads: 'second', configuration: 'second' })
    await vi.advanceTimersByTimeAsync(16_000)
    expect(shown()).toEqual(['second', 'second', 'second'])
  })
})
