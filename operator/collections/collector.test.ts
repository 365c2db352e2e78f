import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { collectionTypes } from '#contract/collections.ts'
import type { Collection } from '#contract/collections.ts'
import { createPseudonymizer, generateSalt } from '#contract/pseudonyms.ts'
import { createLog } from '../log.ts'
import type { Names } from '../names/names-keeper.ts'
import { originOf } from '../registration/session.ts'
import type { Session } from '../registration/session.ts'
import { Collector } from './collector.ts'
import type { CollectionType } from './make-collection.ts'

const ready: Names = { kind: 'ready', pseudonymizer: await createPseudonymizer(generateSalt()) }

let session: Session | null
let names: Names
let key: AbortController
let ended: AbortController
let collector: Collector
let made: CollectionType[]
let collected: CollectionType[]
let failed: CollectionType[]
let whileMaking: () => void

function sessionAt(metricsIntervalSeconds: number, metricsEnabled = true): Session {
  const configuration = {
    statusUpdateIntervalSeconds: 60,
    reregistrationIntervalHours: 24,
    metricsEnabled,
    metricsIntervalSeconds,
  }
  const cluster = { keyId: 'id', clusterId: `cls_${'a'.repeat(32)}`, clusterToken: null }
  return { apiKey: 'key', ...cluster, configuration, isAway: false, signal: key.signal }
}

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.05)
  ;[key, ended] = [new AbortController(), new AbortController()]
  ;[made, collected, failed] = [[], [], []]
  ;[names, whileMaking] = [ready, () => undefined]
  collector = new Collector({
    party: { origin: () => session && originOf(session), session: () => session },
    names: () => Promise.resolve(names),
    make: (type) => {
      made.push(type)
      whileMaking()
      return Promise.resolve({ type } as Collection)
    },
    onCollected: ({ type }) => collected.push(type),
    onFailed: (type) => failed.push(type),
    log: createLog('error'),
  })
})
afterEach(() => {
  ended.abort()
  vi.restoreAllMocks()
})

test('each type is collected soon after the registration, and again at the pace', async () => {
  session = sessionAt(1)
  void collector.run(ended.signal)
  await vi.waitFor(() => expect(new Set(collected)).toEqual(new Set(collectionTypes)))
  await vi.waitFor(() => expect(collected.length).toBeGreaterThanOrEqual(9), { timeout: 5_000 })
  expect(collected.filter((type) => type === 'cluster-metadata').length).toBeLessThanOrEqual(4)
})

test('without a registration, or where the server asks for none, the cluster is not even read', async () => {
  for (const each of [null, sessionAt(1, false)]) {
    session = each
    const run = collector.run(ended.signal)
    await delay(150)
    ended.abort()
    await run
    ended = new AbortController()
  }
  expect(made).toEqual([])
})

test('a pace that changes counts at once', async () => {
  session = sessionAt(1, false)
  void collector.run(ended.signal)
  await delay(20)
  session = sessionAt(1)
  collector.changed()
  await vi.waitFor(() => expect(collected.length).toBeGreaterThanOrEqual(3))
})

test('what was collected while the key went is nobody’s', async () => {
  session = sessionAt(1)
  whileMaking = () => {
    key.abort()
    session = null
  }
  void collector.run(ended.signal)
  await vi.waitFor(() => expect(made).toHaveLength(1))
  await delay(50)
  expect(collected).toEqual([])
})

test('without a usable salt nothing is made; it says why, counts it once, and goes on when there is one', async () => {
  session = sessionAt(1)
  names = { kind: 'malformed' }
  void collector.run(ended.signal)
  await vi.waitFor(() => expect(failed.length).toBeGreaterThanOrEqual(1))
  expect(made).toEqual([])
  expect(collector.namesFault).toContain('kube9-operator-names')
  names = ready
  await vi.waitFor(() => expect(collected.length).toBeGreaterThanOrEqual(3), { timeout: 5_000 })
  expect(collector.namesFault).toBeNull()
  expect(new Set(failed).size).toBe(failed.length)
})
