import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { apiFor, serve } from '../kube/api-setting.ts'
import type { WatchEvent } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import { recordedApi } from '../webviews/frame/recorded-api.ts'
import { followObject } from './follow-object.ts'

const reference = { context: 'prod', apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespace: 'shop', name: 'cart' }
const path = '/api/v1/namespaces/shop/pods/cart'
const pod = (resourceVersion: string) => ({ metadata: { name: 'cart', resourceVersion } })

afterEach(() => void vi.useRealTimers())

function recorder() {
  const heard: string[] = []
  const listener = {
    onSeen: ({ object }: { object: { metadata: { resourceVersion?: string | undefined } } }) =>
      void heard.push(`seen ${object.metadata.resourceVersion}`),
    onGone: () => void heard.push('gone'),
    onFault: (error: KubeError) => void heard.push(error.message),
  }
  return { heard, listener }
}

test('tells of the object, of its changes, and of its end', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: pod('1') }
    yield { type: 'BOOKMARK', object: pod('2') }
    yield { type: 'MODIFIED', object: pod('3') }
    yield { type: 'DELETED', object: pod('4') }
    ending.abort()
  }
  await followObject(recordedApi({ answers: { [path]: pod('1') }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  expect(heard).toEqual(['seen 1', 'seen 3', 'gone'])
})

test('an object that is not there is looked for until it is', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  let asked = 0
  const answer = () => (++asked === 1 ? new KubeError('not-found', 'none', { status: 404 }) : pod('7'))
  // oxlint-disable-next-line require-yield
  async function* watch(): AsyncGenerator<WatchEvent> {
    ending.abort()
  }
  await followObject(recordedApi({ answers: { [path]: answer }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  expect(heard).toEqual(['gone', 'seen 7'])
})

test('who may read but not watch still sees it', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  // oxlint-disable-next-line require-yield
  async function* watch(): AsyncGenerator<WatchEvent> {
    setTimeout(() => ending.abort(), 50)
    throw new KubeError('forbidden', 'no watch', { status: 403 })
  }
  await followObject(recordedApi({ answers: { [path]: pod('1') }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  expect(heard).toEqual(['seen 1'])
})

test('an object that has not changed for long is read once, and its next change comes by the watch', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  const asked: string[] = []
  const watches: ServerResponse[] = []
  const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`
  // As a kube-apiserver of which the window of changes has moved on since version 811.
  const server = await serve((req, res) => {
    const from = new URL(req.url ?? '', 'http://a').searchParams.get('resourceVersion')
    asked.push(from === null ? 'read' : `watch ${from}`)
    if (from === null) res.end(JSON.stringify(pod('811')))
    else if (from !== '0') res.end(event('ERROR', { code: 410, message: 'too old resource version: 811 (5000)' }))
    else {
      watches.push(res)
      res.write(event('ADDED', pod('811')))
    }
  })
  const following = followObject(apiFor(server), reference, { listener, signal: ending.signal })
  await vi.waitFor(() => expect(watches).toHaveLength(1))
  watches[0]?.write(event('MODIFIED', pod('6001')))
  await vi.waitFor(() => expect(heard).toEqual(['seen 811', 'seen 6001']))
  expect(asked).toEqual(['read', 'watch 0'])
  ending.abort()
  await following
})

test('what the watch has not come to yet is never told: no older state follows a newer one', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: pod('1') }
    yield { type: 'DELETED', object: pod('2') }
    yield { type: 'ADDED', object: pod('3') }
    yield { type: 'MODIFIED', object: pod('4') }
    ending.abort()
  }
  await followObject(recordedApi({ answers: { [path]: pod('3') }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  expect(heard).toEqual(['seen 3', 'seen 4'])
})

test('what changed between the read and the watch is told', async () => {
  const ending = new AbortController()
  const { heard, listener } = recorder()
  const versions = ['1', '5']
  async function* watch(): AsyncGenerator<WatchEvent> {
    yield { type: 'ADDED', object: pod('5') }
    yield { type: 'MODIFIED', object: pod('6') }
    ending.abort()
  }
  const answer = () => pod(versions.shift() ?? 'none')
  await followObject(recordedApi({ answers: { [path]: answer }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  expect(heard).toEqual(['seen 1', 'seen 5', 'seen 6'])
})

test('an object that was deleted between the read and the watch is told as gone', async () => {
  vi.useFakeTimers()
  const ending = new AbortController()
  const { heard, listener } = recorder()
  let asked = 0
  const answer = () => (++asked === 1 ? pod('1') : new KubeError('not-found', 'none', { status: 404 }))
  // Of what is not there a watch says nothing.
  const following = followObject(recordedApi({ answers: { [path]: answer } }), reference, {
    listener,
    signal: ending.signal,
  })
  await vi.advanceTimersByTimeAsync(11_300)
  expect(heard).toEqual(['seen 1', 'gone'])
  ending.abort()
  await following
})

test('a watch that is too old time after time is asked for later and later', async () => {
  vi.useFakeTimers()
  const ending = new AbortController()
  const { heard, listener } = recorder()
  // oxlint-disable-next-line require-yield
  async function* watch(): AsyncGenerator<WatchEvent> {
    throw new KubeError('expired', 'too old resource version', { status: 410 })
  }
  const following = followObject(recordedApi({ answers: { [path]: pod('1') }, watch }), reference, {
    listener,
    signal: ending.signal,
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(heard.length).toBeGreaterThan(4)
  expect(heard.length).toBeLessThan(9)
  ending.abort()
  await following
})
