import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Collection } from '#contract/collections.ts'
import { createLog } from '../log.ts'
import { ServerFaultError, away } from '../registration/server-fault.ts'
import type { ServerFault } from '../registration/server-fault.ts'
import { originOf } from '../registration/session.ts'
import type { Session } from '../registration/session.ts'
import { CollectionQueue } from './collection-queue.ts'
import { Courier } from './courier.ts'

const timestamp = '2026-11-26T12:00:00.000Z'
const collection = (at: number): Collection => ({
  version: 'v1.0.0',
  type: 'cluster-metadata',
  data: { collectionId: `coll_${String(at).padStart(32, '0')}`, timestamp },
  sanitization: { rulesApplied: [], timestamp },
})

let session: Session | null
let sent: string[]
let faults: ServerFault[]
let ended: AbortController
let queue: CollectionQueue
let courier: Courier
const outcomes = { delivered: vi.fn(), rejected: vi.fn() }

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.01)
  ;[sent, faults, ended] = [[], [], new AbortController()]
  session = {
    apiKey: 'key',
    keyId: 'id',
    clusterId: `cls_${'a'.repeat(32)}`,
    clusterToken: null,
    configuration: {
      statusUpdateIntervalSeconds: 60,
      reregistrationIntervalHours: 24,
      metricsEnabled: true,
      metricsIntervalSeconds: 5,
    },
    isAway: false,
    signal: new AbortController().signal,
  }
  queue = new CollectionQueue(() => undefined)
  courier = new Courier({
    party: { origin: () => session && originOf(session), session: () => session },
    queue,
    send: (_session, text) => {
      sent.push(text)
      const fault = faults.shift()
      return fault ? Promise.reject(new ServerFaultError(fault)) : Promise.resolve()
    },
    onDelivered: outcomes.delivered,
    onRejected: outcomes.rejected,
    log: createLog('error'),
  })
})
afterEach(() => {
  ended.abort()
  vi.restoreAllMocks()
  for (const outcome of Object.values(outcomes)) outcome.mockReset()
})

const add = (at: number) => {
  if (session) queue.add(collection(at), originOf(session))
}
const fault = (status: object): ServerFault => Object.assign(away('ServerFault', 'a fault').fault, status)

describe('what waits', () => {
  test('is sent again as the same bytes until it is taken, before anything newer', async () => {
    faults = [fault({}), fault({ reason: 'ServerTimeout' })]
    add(1)
    add(2)
    void courier.run(ended.signal)
    await vi.waitFor(() => expect(outcomes.delivered).toHaveBeenCalledTimes(2))
    const [one, two] = [1, 2].map((at) => JSON.stringify(collection(at)))
    expect(sent).toEqual([one, one, one, two])
    expect(queue.count).toBe(0)
  })

  test('is given up when the server says that it will never take it', async () => {
    faults = [fault({ isFinal: true })]
    add(1)
    add(2)
    void courier.run(ended.signal)
    await vi.waitFor(() => expect(outcomes.delivered).toHaveBeenCalledTimes(1))
    expect(outcomes.rejected).toHaveBeenCalledTimes(1)
    expect(sent).toHaveLength(2)
  })

  test('waits at least as long as the server asks', async () => {
    faults = [fault({ reason: 'ServerThrottled', retryAfterSeconds: 0.3 })]
    add(1)
    const startedAt = Date.now()
    void courier.run(ended.signal)
    await vi.waitFor(() => expect(outcomes.delivered).toHaveBeenCalled())
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(300)
  })
})

describe('nothing is sent', () => {
  test('while heartbeats find the server away, and all of it once they do not', async () => {
    if (session) session = { ...session, isAway: true }
    add(1)
    void courier.run(ended.signal)
    await delay(50)
    expect(sent).toEqual([])
    if (session) session = { ...session, isAway: false }
    courier.changed()
    await vi.waitFor(() => expect(outcomes.delivered).toHaveBeenCalledTimes(1))
  })

  test('without a key, and what waited is gone', async () => {
    add(1)
    session = null
    void courier.run(ended.signal)
    await delay(50)
    expect([sent, queue.count]).toEqual([[], 0])
  })
})
