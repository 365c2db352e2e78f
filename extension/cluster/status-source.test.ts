import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import type { KubeApi, KubeRequest, WatchEvent } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import { StatusSource } from './status-source.ts'

const EVERYWHERE = '/api/v1/configmaps'
const inNamespace = (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`
const SYSTEM = inNamespace('kube9-system')
const DEFAULT = inNamespace('default')
const status = { namespace: 'kube9-system', observation: { kind: 'found', text: '{}' } }
const away = { fault: { fault: 'unreachable' } }
const forbidden = { observation: { kind: 'forbidden' } }

/** A cluster with a status in kube9-system, of which not everything may be seen, over a network that may break. */
class FickleApi implements KubeApi {
  readonly away = new Set<string>()
  readonly forbidden = new Set([EVERYWHERE])
  readonly asked: string[] = []
  readonly #watches = new Set<() => void>()

  async call<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    this.asked.push(path)
    this.#reach(path)
    if (this.forbidden.has(path)) throw new KubeError('forbidden', 'no', { status: 403 })
    const items = [{ metadata: { namespace: 'kube9-system' }, data: { status: '{}' } }]
    return schema.parse({
      metadata: { resourceVersion: '5' },
      items: path === DEFAULT ? [] : items,
    })
  }

  lines(): AsyncIterable<string> {
    throw new Error('not asked for')
  }

  // oxlint-disable-next-line require-yield
  async *watch(path: string, { signal }: KubeRequest & { signal: AbortSignal }): AsyncIterable<WatchEvent> {
    this.#reach(path)
    await new Promise<void>((resolve) => {
      this.#watches.add(resolve)
      signal.addEventListener('abort', () => resolve())
    })
  }

  /** The network goes, and every watch with it. */
  breakAway(): void {
    for (const path of [EVERYWHERE, SYSTEM, DEFAULT]) this.away.add(path)
    for (const end of this.#watches) end()
  }

  #reach(path: string): void {
    if (this.away.has(path)) throw new KubeError('unreachable', 'has a name that is not known')
  }
}

let api: FickleApi
let source: StatusSource
let said: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  api = new FickleApi()
  said = []
  const onChange = () => void said.push(source.sighting)
  source = new StatusSource({ api, namespaces: ['kube9-system', 'default'], onChange })
})
afterEach(() => {
  source.end()
  vi.useRealTimers()
})

/** Until the whole cluster was asked for once more. */
async function lookEverywhere(): Promise<void> {
  const looks = () => api.asked.filter((path) => path === EVERYWHERE).length
  const before = looks()
  for (let step = 0; looks() === before && step < 200; step++) await vi.advanceTimersByTimeAsync(500)
  expect(looks()).toBe(before + 1)
}

test('where the whole cluster may not be seen, a look at it that fails by network hides nothing of what the names show', async () => {
  await source.begin()
  for (let looks = 0; looks < 7; looks++) await lookEverywhere()
  said = []
  api.away.add(EVERYWHERE)
  await lookEverywhere()
  expect(source.sighting).toMatchObject(status)
  api.away.clear()
  await vi.advanceTimersByTimeAsync(90_000)
  expect(said.length).toBeGreaterThan(0)
  for (const sighting of said) expect(sighting).toMatchObject(status)
})

test('a cluster that is away is told as soon as the watches by name break, and as soon as they are back', async () => {
  await source.begin()
  expect(source.sighting).toMatchObject(status)
  await vi.advanceTimersByTimeAsync(5_000)
  api.breakAway()
  await vi.advanceTimersByTimeAsync(0)
  expect(source.sighting).toMatchObject(away)
  api.away.clear()
  await vi.advanceTimersByTimeAsync(2_000)
  expect(source.sighting).toMatchObject(status)
})

test('where no name may be seen either, a network that fails is told, and for no longer than it does', async () => {
  for (const path of [SYSTEM, DEFAULT]) api.forbidden.add(path)
  await source.begin()
  expect(source.sighting).toMatchObject(forbidden)
  for (let looks = 0; looks < 7; looks++) await lookEverywhere()
  api.away.add(EVERYWHERE)
  await lookEverywhere()
  expect(source.sighting).toMatchObject(away)
  api.away.clear()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(source.sighting).toMatchObject(forbidden)
})

test('a place that may not be seen and fails by network hides nothing of one that may be seen', async () => {
  api.forbidden.add(SYSTEM)
  await source.begin()
  for (let looks = 0; looks < 7; looks++) await lookEverywhere()
  api.away.add(SYSTEM)
  await vi.advanceTimersByTimeAsync(80_000)
  expect(source.sighting).toMatchObject(forbidden)
})

test('the whole cluster counts from when it may be seen, and tells then by itself that it is away', async () => {
  for (const path of [SYSTEM, DEFAULT]) api.forbidden.add(path)
  await source.begin()
  api.forbidden.delete(EVERYWHERE)
  await lookEverywhere()
  expect(source.sighting).toMatchObject(status)
  await vi.advanceTimersByTimeAsync(5_000)
  api.breakAway()
  await vi.advanceTimersByTimeAsync(0)
  expect(source.sighting).toMatchObject(away)
})
