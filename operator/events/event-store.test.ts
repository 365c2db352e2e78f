import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventQuerySchema } from '#contract/event-query.ts'
import type { StoredEvent } from '#contract/event-query.ts'
import { EventStore, eventFile } from './event-store.ts'
import { listEvents } from './list-events.ts'

const DAY_MS = 86_400_000
const now = new Date('2026-11-23T12:00:00.000Z')
let directory: string
let store: EventStore

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'kube9-events-'))
  store = new EventStore(directory)
})
afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true, force: true })
})

function event(fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: randomUUID(),
    event_type: 'cluster',
    severity: 'warning',
    title: 'BackOff: web-1',
    description: 'Back-off restarting failed container',
    object_kind: 'Pod',
    object_namespace: 'shop',
    object_name: 'web-1',
    metadata: { reason: 'BackOff', count: 1 },
    created_at: now.toISOString(),
    ...fields,
  }
}

const list = (options: object = {}) => listEvents(directory, eventQuerySchema.parse(options))

describe('the event store', () => {
  test('gives back what was put in, newest first, a page at a time', () => {
    const events = [0, 1, 2, 3].map((minute) =>
      event({ created_at: new Date(now.getTime() + minute * 60_000).toISOString() }),
    )
    store.save(events)
    expect(list().events).toEqual(events.toReversed())
    expect(list({ limit: 2, offset: 1 })).toEqual({
      events: [events[2], events[1]],
      pagination: { total: 4, limit: 2, offset: 1, returned: 2 },
    })
  })

  test('finds by namespace, kind and time, whatever offset the time is written in', () => {
    const wanted = event()
    store.save([
      wanted,
      event({ object_namespace: 'other' }),
      event({ object_kind: 'Node' }),
      event({ created_at: '2026-11-23T10:59:59.000Z' }),
    ])
    const query = { objectNamespace: 'shop', objectKind: 'Pod', since: '2026-11-23T12:00:00+01:00' }
    expect(list(query).events).toEqual([wanted])
  })

  test('takes what looks like SQL for what it is', () => {
    store.save([event()])
    expect(list({ objectNamespace: "' OR 1=1 --" }).pagination.total).toBe(0)
  })

  test('an event that comes again is the same one, brought up to date', () => {
    const first = event()
    store.save([first])
    store.save([{ ...first, metadata: { reason: 'BackOff', count: 7 } }])
    expect(list().events).toEqual([{ ...first, metadata: { reason: 'BackOff', count: 7 } }])
  })
})

describe('the size of the store', () => {
  test('keeps errors longer than warnings, and drops both when their time is over', () => {
    const aged = (severity: StoredEvent['severity'], days: number) =>
      event({ severity, created_at: new Date(now.getTime() - days * DAY_MS).toISOString() })
    const kept = [aged('info', 6), aged('warning', 6), aged('error', 29), aged('critical', 29)]
    store.save([...kept, aged('info', 8), aged('warning', 8), aged('error', 31), aged('critical', 31)])
    store.prune({ infoWarning: 7, errorCritical: 30 }, now)
    expect(new Set(list().events.map(({ id }) => id))).toEqual(new Set(kept.map(({ id }) => id)))
  })

  test('does not grow without end: the oldest make room', () => {
    const page = (start: number) =>
      Array.from({ length: 5_000 }, (_, at) =>
        event({
          description: 'x'.repeat(500),
          created_at: new Date(now.getTime() + (start + at) * 1000).toISOString(),
        }),
      )
    for (let start = 0; start < 40_000; start += 5_000) {
      store.save(page(start))
      store.prune({ infoWarning: 7, errorCritical: 30 }, now)
    }
    expect(store.count()).toBe(30_000)
    expect(list({ limit: 1 }).events[0]?.created_at).toBe(new Date(now.getTime() + 39_999_000).toISOString())
    expect(statSync(eventFile(directory)).size).toBeLessThan(64 * 1024 * 1024)
  })

  test('where there is no store, a query says so and makes none', () => {
    expect(() => listEvents(join(directory, 'missing'), eventQuerySchema.parse({}))).toThrow('unable to open')
  })
})
