import { expect, test } from 'vitest'
import type { Session } from '../registration/session.ts'
import { CollectionLedger } from './collection-ledger.ts'
import { freshnessOf } from './freshness.ts'

const now = new Date('2026-11-26T12:00:00.000Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const session = { configuration: { metricsEnabled: true, metricsIntervalSeconds: 300 } } as Session
const facts = { session, startedAt: ago(3600).getTime(), oldestDelivery: ago(100), namesFault: null, now }

test.each([
  ['there is no registration', { session: null }, 'not-collecting'],
  ['the server wants none', { session: { configuration: { metricsEnabled: false } } as Session }, 'not-wanted'],
  ['there is no salt', { namesFault: 'none' }, 'no-names'],
  ['none was delivered yet', { startedAt: ago(30).getTime(), oldestDelivery: null }, 'starting'],
  ['none was delivered for long', { oldestDelivery: null }, 'late'],
  ['all were delivered in time', {}, 'fresh'],
  ['one type was not delivered for two turns', { oldestDelivery: ago(700) }, 'late'],
])('when %s', (_name, changes, kind) => {
  expect(freshnessOf({ ...facts, ...changes }).kind).toBe(kind)
})

test('what counts is the type that was delivered longest ago', () => {
  const ledger = new CollectionLedger()
  ledger.count('cluster-metadata', 'delivered', ago(50))
  ledger.count('resource-inventory', 'delivered', ago(40))
  expect(ledger.oldestDelivery).toBeNull()
  ledger.count('resource-configuration-patterns', 'delivered', ago(30))
  ledger.count('cluster-metadata', 'delivered', ago(10))
  expect(ledger.oldestDelivery).toEqual(ago(40))
})

test('counts go on from what was published, and a collection that is given up is a failure', () => {
  const ledger = new CollectionLedger({
    totalSuccessCount: 7,
    totalFailureCount: 1,
    collectionsStoredCount: 7,
    lastSuccessTime: ago(9000).toISOString(),
  })
  ledger.count('cluster-metadata', 'delivered', now)
  for (const outcome of ['dropped', 'rejected', 'failed'] as const) ledger.count('cluster-metadata', outcome, now)
  expect(ledger.stats).toEqual({
    totalSuccessCount: 8,
    totalFailureCount: 4,
    collectionsStoredCount: 8,
    lastSuccessTime: now.toISOString(),
  })
})
