import { afterEach, expect, test, vi } from 'vitest'
import { PLANTED_TEXTS, plantedSecret } from '../../documents/planted-secret.ts'
import type { WatchEvent } from '../../kube/kube-api.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import { recordedApi, recordedPage, recordedRegistry } from '../frame/recorded-api.ts'
import { DescribeSession } from './describe-session.ts'
import type { FromDescribe, ToDescribe } from './protocol.ts'
import { toDescribeSchema } from './protocol.ts'

const actions = { open: vi.fn(), viewYaml: vi.fn(), viewLogs: vi.fn(), copy: vi.fn() }
const secret: ObjectReference = {
  context: 'prod',
  apiVersion: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  namespace: 'shop',
  name: 'gateway',
}
const event = {
  metadata: { uid: 'e1', creationTimestamp: '2026-11-26T10:00:00Z' },
  type: 'Warning',
  reason: 'Stale',
  message: 'It has not changed for a year.',
}

let page = recordedPage<ToDescribe, FromDescribe>()
afterEach(() => page.close())

function open(watch?: (path: string) => AsyncIterable<WatchEvent>) {
  page = recordedPage<ToDescribe, FromDescribe>()
  const answers = {
    '/api/v1/namespaces/shop/secrets/gateway': plantedSecret,
    '/api/v1/namespaces/shop/events': { metadata: { resourceVersion: '1' }, items: [event] },
  }
  const registry = recordedRegistry(recordedApi({ answers, ...(watch ? { watch } : {}) }))
  void new DescribeSession(registry, secret, { page, actions })
  page.say({ v: 1, type: 'ready' })
}

test('of a Secret the page hears keys and sizes, in no message a value', async () => {
  open()
  await vi.waitFor(() => expect(page.posted.at(-1)?.events).toHaveLength(1))
  const last = page.posted.at(-1)
  expect(last?.state).toBe('live')
  const [, data] = last?.description?.sections ?? []
  expect(data).toMatchObject({
    form: 'texts',
    texts: [
      { label: 'password', size: '21 B', text: null },
      { label: 'token', size: '10 B', text: null },
      { label: 'empty', size: '0 B', text: null },
    ],
  })
  const everything = JSON.stringify(page.posted)
  for (const planted of PLANTED_TEXTS) expect(everything).not.toContain(planted)
})

test('what is posted is of the protocol, which the page holds it to', async () => {
  open()
  await vi.waitFor(() => expect(page.posted.at(-1)?.description).not.toBeNull())
  for (const message of page.posted) expect(toDescribeSchema.parse(message)).toEqual(message)
})

test('deleted while it is open: that is said, and what was known last is kept', async () => {
  async function* watch(path: string): AsyncGenerator<WatchEvent> {
    if (path.endsWith('/secrets')) {
      yield { type: 'ADDED', object: plantedSecret }
      yield { type: 'DELETED', object: plantedSecret }
    }
    await new Promise(() => undefined)
  }
  open(watch)
  await vi.waitFor(() => expect(page.posted.at(-1)?.state).toBe('deleted'))
  expect(page.posted.at(-1)?.description?.labels).toEqual([{ key: 'app', value: 'gateway' }])
})
