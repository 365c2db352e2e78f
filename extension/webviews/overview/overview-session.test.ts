import { afterEach, expect, test, vi } from 'vitest'
import { Change } from '../../change.ts'
import type { Standing } from '../../cluster/standing.ts'
import { changingRegistry, recordedApi, recordedPage, recordedRegistry } from '../frame/recorded-api.ts'
import type { RecordedPage } from '../frame/recorded-api.ts'
import { OverviewSession } from './overview-session.ts'
import type { FromOverview, ToOverview } from './protocol.ts'

let page: RecordedPage<ToOverview, FromOverview>
afterEach(() => {
  page.close()
  vi.useRealTimers()
})

/** A registry of one cluster, which stands as the test says. */
function clusterAt(server: string, first: Standing) {
  let versions = 0
  const answers = { '/version': () => ({ gitVersion: `v1.35.${++versions} of ${server}` }) }
  const registry = recordedRegistry(recordedApi({ answers }), first)
  const changed = new Change()
  let standing = first
  for (const cluster of registry.clusters) {
    Object.defineProperties(cluster, { standing: { get: () => standing }, changed: { value: changed } })
    cluster.context.server = server
  }
  const become = (next: Standing) => {
    standing = next
    changed.fire()
  }
  return { registry, become, reads: () => versions }
}

const connecting = { mode: 'connecting' } as const
const unreachable = { mode: 'unreachable', reason: 'It did not answer.', mend: 'retry' } as const
const basic = { mode: 'basic', warning: null } as const

function house(first: Standing) {
  page = recordedPage()
  const { registry: recorded, become, reads } = clusterAt('https://prod.example', first)
  const { registry, become: point } = changingRegistry(recorded)
  const actions = { mend: vi.fn(), copy: vi.fn(), open: vi.fn() }
  void new OverviewSession(registry, { context: 'prod' }, { page, actions })
  page.say({ v: 1, type: 'ready' })
  return { become, point, actions, reads }
}

function overview() {
  const last = page.posted.at(-1)
  return last?.type === 'overview' ? last.overview : null
}

test('nothing is read of a cluster that cannot be reached; its reason and button are shown, and it is read once it answers', async () => {
  const { become, reads, actions } = house(unreachable)
  await vi.waitFor(() =>
    expect(overview()?.standing).toMatchObject({ word: 'Unreachable', reason: 'It did not answer.' }),
  )
  expect(reads()).toBe(0)
  page.say({ v: 1, type: 'mend', action: 'retry' })
  expect(actions.mend).toHaveBeenCalledWith('retry', expect.objectContaining({ clusterId: expect.any(String) }))
  become(basic)
  await vi.waitFor(() =>
    expect(overview()?.version).toEqual({ state: 'known', value: 'v1.35.1 of https://prod.example' }),
  )
  expect(overview()?.standing).toMatchObject({ word: 'Basic', reason: null, mend: null })
})

test('a change of standing shows at once and reads anew; the button reads anew', async () => {
  const { become, reads } = house(basic)
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  become({ mode: 'degraded', reason: 'The key was refused.', mend: 'create-key', status: null })
  expect(overview()?.standing).toMatchObject({
    word: 'Degraded',
    reason: 'The key was refused.',
    mend: { action: 'create-key' },
  })
  await vi.waitFor(() => expect(reads()).toBe(2))
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  page.say({ v: 1, type: 'refresh' })
  await vi.waitFor(() => expect(reads()).toBe(3))
})

test('a context that no kubeconfig names any more is said to be gone', async () => {
  const { point } = house(basic)
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  point(null)
  expect(page.posted.at(-1)).toEqual({ v: 1, type: 'gone', target: { context: 'prod' } })
})

/** The versions that were shown of a cluster, each with what it was read of. */
const shownOf = (server: string) =>
  page.posted.flatMap((message) =>
    message.type === 'overview' && message.overview.server === server && message.overview.version.state === 'known'
      ? [message.overview.version.value]
      : [],
  )

test('a context that leads to another cluster shows nothing of the one before, also after that one went away', async () => {
  const { become, point } = house(basic)
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  become(unreachable)
  expect(overview()?.version).toMatchObject({ state: 'known' })
  const moved = clusterAt('https://moved.example', connecting)
  point(moved.registry)
  expect(overview()).toMatchObject({ server: 'https://moved.example', version: { state: 'loading' } })
  moved.become(basic)
  await vi.waitFor(() => expect(shownOf('https://moved.example').at(-1)).toBe('v1.35.1 of https://moved.example'))
})

test('a reading that is under way when the context is led elsewhere is not shown as the other cluster’s', async () => {
  const { become, point, reads } = house(unreachable)
  await vi.waitFor(() => expect(overview()?.standing.mode).toBe('unreachable'))
  become(basic)
  expect(overview()?.refreshing).toBe(true)
  const moved = clusterAt('https://moved.example', connecting)
  point(moved.registry)
  await vi.waitFor(() => expect(reads()).toBe(1))
  moved.become(basic)
  await vi.waitFor(() => expect(shownOf('https://moved.example')).not.toEqual([]))
  expect(new Set(shownOf('https://moved.example'))).toEqual(new Set(['v1.35.1 of https://moved.example']))
})

test('the cluster before is not read again while the other one connects', async () => {
  vi.useFakeTimers()
  const { point, reads } = house(basic)
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  point(clusterAt('https://moved.example', connecting).registry)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads()).toBe(1)
})
