import { afterEach, expect, test, vi } from 'vitest'
import type { KubeRequest, WatchEvent } from '../../kube/kube-api.ts'
import { KubeError } from '../../kube/kube-error.ts'
import { changingRegistry, recordedApi, recordedPage, recordedRegistry } from '../frame/recorded-api.ts'
import type { RecordedPage } from '../frame/recorded-api.ts'
import { LogsSession } from './logs-session.ts'
import { toLogsSchema } from './protocol.ts'
import type { FromLogs, ToLogs } from './protocol.ts'

const T = '2026-11-26T10:00:0'
const pod = { context: 'prod', apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespace: 'shop', name: 'orders-0' }
const podOf = (uid: string) => ({
  metadata: { name: 'orders-0', uid },
  spec: { containers: [{ name: 'web' }, { name: 'worker' }], initContainers: [{ name: 'migrate' }] },
  status: {
    phase: 'Running',
    containerStatuses: [
      { name: 'web', ready: true, restartCount: 0, state: { running: {} } },
      { name: 'worker', restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } } },
    ],
    initContainerStatuses: [{ name: 'migrate', state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
  },
})

let page: RecordedPage<ToLogs, FromLogs>
afterEach(() => page.close())

function open(watch?: (path: string) => AsyncIterable<WatchEvent>) {
  page = recordedPage()
  const asked: KubeRequest['query'][] = []
  const readings: AbortSignal[] = []
  const actions = { copyLines: vi.fn(), saveLines: vi.fn(), copyText: vi.fn(), describe: vi.fn() }
  async function* lines({ query, signal }: KubeRequest & { signal: AbortSignal }) {
    asked.push(query)
    readings.push(signal)
    yield `${T}1Z GET /${String(query?.['container'])}`
    yield `${T}2Z Error: refused`
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  const answers = { '/api/v1/namespaces/shop/pods/orders-0': podOf('one') }
  const { registry, become } = changingRegistry(
    recordedRegistry(recordedApi({ answers, lines, ...(watch ? { watch } : {}) })),
  )
  void new LogsSession(registry, { pod, container: null }, { page, actions })
  page.say({ v: 1, type: 'ready', options: null })
  return { asked, readings, actions, become }
}

const states = () => page.posted.filter((message) => message.type === 'state')
const batches = () => page.posted.filter((message) => message.type === 'lines')
const acknowledge = () => page.say({ v: 1, type: 'got', batch: batches().at(-1)?.batch ?? 0 })

test('begins with the first container, offers all of them, and hands its lines over', async () => {
  const { asked } = open()
  await vi.waitFor(() => {
    acknowledge()
    expect(batches().at(-1)?.entries).toHaveLength(2)
  })
  await vi.waitFor(() => expect(states().at(-1)?.phase).toBe('following'))
  expect(asked).toHaveLength(1)
  expect(states().at(-1)?.options.container).toBe('web')
  expect(
    states()
      .at(-1)
      ?.containers.map(({ name, role, state }) => `${name} ${role} ${state}`),
  ).toEqual(['web main Running', 'worker main CrashLoopBackOff', 'migrate init Completed'])
  for (const message of page.posted) expect(toLogsSchema.parse(message)).toEqual(message)
})

test('another container begins anew, and its lines alone are copied', async () => {
  const { asked, actions } = open()
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  const options = { container: 'worker', previous: true, follow: true, tailLines: 100, sinceSeconds: 60 }
  page.say({ v: 1, type: 'read', options })
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toMatchObject({
    container: 'worker',
    previous: true,
    follow: false,
    tailLines: 100,
    sinceSeconds: 60,
  })
  await vi.waitFor(() => {
    acknowledge()
    expect(batches().at(-1)?.entries).toHaveLength(2)
  })
  page.say({ v: 1, type: 'copy', filter: 'worker', timestamps: false })
  expect(actions.copyLines).toHaveBeenCalledWith(['GET /worker'])
  page.say({ v: 1, type: 'save', filter: '', timestamps: true })
  expect(actions.saveLines).toHaveBeenCalledWith([`${T}1Z GET /worker`, `${T}2Z Error: refused`], 'orders-0-worker.log')
})

test('a restart is marked once, also while the stream goes on', async () => {
  const restarted = podOf('one')
  const [web] = restarted.status.containerStatuses
  if (web) web.restartCount = 1
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: podOf('one') }
    yield { type: 'MODIFIED', object: restarted }
    yield { type: 'MODIFIED', object: restarted }
    await new Promise(() => undefined)
  }
  open(watch)
  const marks = () => batches().flatMap(({ entries }) => entries.filter((entry) => typeof entry !== 'string'))
  await vi.waitFor(() => {
    acknowledge()
    expect(marks()).toEqual([{ mark: 'The container was restarted (1 in all).', tone: 'warning' }])
  })
})

test('a cluster that is away is told under a log that is silent, which goes on where it was once there is one', async () => {
  let watches = 0
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: podOf('one') }
    if (++watches > 1) await new Promise(() => undefined)
    await vi.waitFor(() => expect(batches().at(-1)?.entries).toHaveLength(2))
    throw new KubeError('unreachable', 'has a name that is not known')
  }
  const { asked, readings } = open(watch)
  await vi.waitFor(() => {
    acknowledge()
    expect(states().map(({ phase, words }) => `${phase}: ${words}`)).toContain('failed: has a name that is not known')
  })
  expect(readings[0]?.aborted).toBe(true)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toMatchObject({ sinceTime: `${T}2Z` })
  await vi.waitFor(() => expect(states().at(-1)?.phase).toBe('following'))
  expect(batches().flatMap(({ entries }) => entries)).toHaveLength(2)
})

test('the next pod of the same name is read from its beginning', async () => {
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: podOf('one') }
    yield { type: 'DELETED', object: podOf('one') }
    yield { type: 'ADDED', object: podOf('two') }
    await new Promise(() => undefined)
  }
  const { asked } = open(watch)
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  expect(asked[1]).toMatchObject({ tailLines: 1_000 })
  await vi.waitFor(() => expect(batches().filter(({ isNew }) => isNew).length).toBeGreaterThanOrEqual(2))
})

test('a page that is drawn again gets the lines that came meanwhile, without a second reading', async () => {
  const { asked } = open()
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  page.say({
    v: 1,
    type: 'ready',
    options: { container: 'worker', previous: false, follow: true, tailLines: 100, sinceSeconds: null },
  })
  await vi.waitFor(() =>
    expect(batches().at(-1)).toMatchObject({ isNew: true, entries: [`${T}1Z GET /web`, `${T}2Z Error: refused`] }),
  )
  expect(asked).toHaveLength(1)
})

test('a context that leads elsewhere ends the reading, and the log is read anew from there, without a line of before', async () => {
  const { readings, become } = open()
  await vi.waitFor(() => expect(readings).toHaveLength(1))
  const elsewhere: KubeRequest['query'][] = []
  async function* lines({ query, signal }: KubeRequest & { signal: AbortSignal }) {
    elsewhere.push(query)
    yield `${T}2Z Error: refused`
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  const answers = { '/api/v1/namespaces/shop/pods/orders-0': podOf('one') }
  become(recordedRegistry(recordedApi({ answers, lines })))
  expect(readings[0]?.aborted).toBe(true)
  await vi.waitFor(() => {
    acknowledge()
    expect(elsewhere).toHaveLength(1)
    expect(batches().at(-1)?.entries).toEqual([`${T}2Z Error: refused`])
  })
  const begun = batches().findLastIndex(({ isNew }) => isNew)
  expect(
    batches()
      .slice(begun)
      .flatMap(({ entries }) => entries),
  ).toEqual([`${T}2Z Error: refused`])
  expect(elsewhere[0]).toMatchObject({ tailLines: 1_000 })
  expect(readings).toHaveLength(1)
})

test('the log of a context that no kubeconfig names any more is read no longer, and nothing hides why', async () => {
  const { readings, become } = open()
  await vi.waitFor(() => expect(states().at(-1)?.phase).toBe('following'))
  become(null)
  expect(readings[0]?.aborted).toBe(true)
  await vi.waitFor(() => expect(states().at(-1)).toMatchObject({ phase: 'failed', clusterId: null }))
  expect(states().at(-1)?.words).toBe('No kubeconfig names the context prod any more.')
})

test('a cluster that cannot be reached after its context changed says so, whatever was read before', async () => {
  const { readings, become } = open()
  await vi.waitFor(() => expect(readings).toHaveLength(1))
  const away = new KubeError('unreachable', 'It did not answer.')
  become(recordedRegistry(recordedApi({ answers: { '/api/v1/namespaces/shop/pods/orders-0': away } })))
  await vi.waitFor(() => expect(states().at(-1)).toMatchObject({ phase: 'failed', words: 'It did not answer.' }))
})
