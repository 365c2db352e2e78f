import { afterEach, expect, test, vi } from 'vitest'
import { Change } from '../../change.ts'
import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'
import type { Standing } from '../../cluster/standing.ts'
import { recordedApi, recordedPage, recordedRegistry } from '../frame/recorded-api.ts'
import type { RecordedPage } from '../frame/recorded-api.ts'
import { OverviewSession } from './overview-session.ts'
import type { FromOverview, ToOverview } from './protocol.ts'

let page: RecordedPage<ToOverview, FromOverview>
afterEach(() => page.close())

/** A registry whose one cluster stands as the test says. */
function house(first: Standing) {
  page = recordedPage()
  let versions = 0
  const api = recordedApi({ answers: { '/version': () => ({ gitVersion: `v1.35.${++versions}` }) } })
  const changed = new Change()
  const files = new Change()
  const [base] = recordedRegistry(api).clusters
  let standing = first
  let isThere = true
  const cluster = Object.defineProperty({ ...base, changed }, 'standing', { get: () => standing }) as Cluster
  const registry: ClusterRegistry = {
    clusters: [cluster],
    fault: null,
    changed: files,
    ready: async () => undefined,
    find: () => (isThere ? cluster : undefined),
  }
  const actions = { mend: vi.fn(), copy: vi.fn(), open: vi.fn() }
  void new OverviewSession(registry, { context: 'prod' }, { page, actions })
  page.say({ v: 1, type: 'ready' })
  const become = (next: Standing) => {
    standing = next
    changed.fire()
  }
  const leave = () => {
    isThere = false
    files.fire()
  }
  return { become, leave, actions, reads: () => versions }
}

function overview() {
  const last = page.posted.at(-1)
  return last?.type === 'overview' ? last.overview : null
}

test('nothing is read of a cluster that cannot be reached; its reason and button are shown, and it is read once it answers', async () => {
  const { become, reads, actions } = house({ mode: 'unreachable', reason: 'It did not answer.', mend: 'retry' })
  await vi.waitFor(() =>
    expect(overview()?.standing).toMatchObject({ word: 'Unreachable', reason: 'It did not answer.' }),
  )
  expect(reads()).toBe(0)
  page.say({ v: 1, type: 'mend', action: 'retry' })
  expect(actions.mend).toHaveBeenCalledWith('retry', expect.objectContaining({ clusterId: expect.any(String) }))
  become({ mode: 'basic', warning: null })
  await vi.waitFor(() => expect(overview()?.version).toEqual({ state: 'known', value: 'v1.35.1' }))
  expect(overview()?.standing).toMatchObject({ word: 'Basic', reason: null, mend: null })
})

test('a change of standing shows at once and reads anew; the button reads anew', async () => {
  const { become, reads } = house({ mode: 'basic', warning: null })
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
  const { leave } = house({ mode: 'basic', warning: null })
  await vi.waitFor(() => expect(overview()?.refreshing).toBe(false))
  leave()
  expect(page.posted.at(-1)).toEqual({ v: 1, type: 'gone', target: { context: 'prod' } })
})
