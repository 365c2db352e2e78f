import { expect, test } from 'vitest'
import type { WatchEvent } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import { recordedApi } from '../webviews/frame/recorded-api.ts'
import { followObject } from './follow-object.ts'

const reference = { context: 'prod', apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespace: 'shop', name: 'cart' }
const path = '/api/v1/namespaces/shop/pods/cart'
const pod = (resourceVersion: string) => ({ metadata: { name: 'cart', resourceVersion } })

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
