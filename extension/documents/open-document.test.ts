import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { WatchEvent } from '../kube/kube-api.ts'
import { changingRegistry, recordedApi, recordedRegistry } from '../webviews/frame/recorded-api.ts'
import { OpenDocument } from './open-document.ts'

const reference = { context: 'prod', apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespace: 'shop', name: 'cart' }
/** Longer than it takes until what was cut off is read again. */
const RETRY_MS = 1_500

let reads: number
let cut: () => void
let document: OpenDocument

beforeEach(() => {
  reads = 0
  cut = () => undefined
})
afterEach(() => document.end())

/** A document of an object whose version says how often it was read, and whose watch ends when the test cuts it. */
function open() {
  const answer = () => ({ metadata: { name: 'cart', resourceVersion: String(++reads) } })
  // oxlint-disable-next-line require-yield
  async function* watch(): AsyncGenerator<WatchEvent> {
    await new Promise<void>((resolve) => (cut = resolve))
  }
  const kept = recordedRegistry(recordedApi({ answers: { '/api/v1/namespaces/shop/pods/cart': answer }, watch }))
  const { registry, become } = changingRegistry(kept)
  document = new OpenDocument(registry, { reference, showManagedFields: () => false, onChange: () => undefined })
  return { lose: () => become(null), comeBack: () => become(kept) }
}

test('an object of a context that the kubeconfig lost is asked for no more, and its text goes on saying so', async () => {
  const { lose } = open()
  expect(await document.text()).toContain('resourceVersion: "1"')
  lose()
  cut()
  await delay(RETRY_MS)
  expect(await document.text()).toMatch(/^# No kubeconfig names the context prod any more\.\n[^]*resourceVersion: "1"/)
  expect(reads).toBe(1)
})

test('once the context is back, its object is followed again', async () => {
  const { lose, comeBack } = open()
  await document.text()
  lose()
  comeBack()
  await vi.waitFor(async () => expect(await document.text()).toMatch(/^apiVersion[^]*resourceVersion: "2"/))
})
