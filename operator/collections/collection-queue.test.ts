import { beforeEach, expect, test } from 'vitest'
import type { Collection } from '#contract/collections.ts'
import { CollectionQueue } from './collection-queue.ts'
import type { Waiting } from './collection-queue.ts'

let dropped: Waiting[]
beforeEach(() => (dropped = []))

const timestamp = '2026-11-26T12:00:00.000Z'
function collection(at: number, filling = ''): Collection {
  const data = { collectionId: `coll_${String(at).padStart(32, '0')}`, timestamp, filling }
  return { version: 'v1.0.0', type: 'cluster-metadata', data, sanitization: { rulesApplied: [], timestamp } }
}
const idOf = (waiting: Waiting | undefined) => (JSON.parse(waiting?.text ?? '{}') as Collection).data.collectionId

test('it keeps the newest of what it may keep in number, and says what it drops', () => {
  const queue = new CollectionQueue((waiting) => dropped.push(waiting), { maxCount: 3, maxBytes: 1_000_000 })
  for (let at = 0; at < 5; at++) queue.add(collection(at), 'one')
  expect(queue.count).toBe(3)
  expect(dropped.map(idOf)).toEqual([collection(0), collection(1)].map(({ data }) => data.collectionId))
  expect(idOf(queue.first)).toBe(collection(2).data.collectionId)
})

test('it is bounded in bytes, too, and counts them as they are sent', () => {
  const queue = new CollectionQueue((waiting) => dropped.push(waiting), { maxCount: 100, maxBytes: 3_000 })
  for (let at = 0; at < 10; at++) queue.add(collection(at, 'ü'.repeat(400)), 'one')
  expect(queue.bytes).toBeLessThanOrEqual(3_000)
  expect(queue.bytes).toBe(Buffer.byteLength(queue.first?.text ?? '') * queue.count)
  expect(queue.count + dropped.length).toBe(10)
})

test('by itself it holds no more than 60 of them', () => {
  const queue = new CollectionQueue((waiting) => dropped.push(waiting))
  for (let at = 0; at < 70; at++) queue.add(collection(at), 'one')
  expect([queue.count, dropped.length]).toEqual([60, 10])
})

test('what was collected under another registration, or under none, is dropped', () => {
  const queue = new CollectionQueue((waiting) => dropped.push(waiting))
  queue.add(collection(1), 'one')
  queue.add(collection(2), 'other')
  queue.keepOnly('other')
  expect(idOf(queue.first)).toBe(collection(2).data.collectionId)
  queue.keepOnly(null)
  expect([queue.count, dropped.length]).toEqual([0, 2])
})
