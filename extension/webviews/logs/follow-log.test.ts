import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiFor, serve } from '../../kube/api-setting.ts'
import type { KubeApi, KubeRequest } from '../../kube/kube-api.ts'
import { KubeError } from '../../kube/kube-error.ts'
import { recordedApi } from '../frame/recorded-api.ts'
import { followLog } from './follow-log.ts'
import type { LogEntry } from './protocol.ts'

const pod = { context: 'prod', apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespace: 'shop', name: 'cart' }
const options = { container: 'web', previous: false, follow: true, tailLines: 100, sinceSeconds: null }
const T = '2026-11-26T10:00:0'

const running = (restartCount: number) => podWith({ state: { running: {} }, restartCount }, 'Running')
const ended = (exitCode: number) => podWith({ state: { terminated: { exitCode } }, restartCount: 1 }, 'Succeeded')

function podWith(status: object, phase: string) {
  return {
    metadata: { name: 'cart' },
    spec: { containers: [{ name: 'web' }] },
    status: { phase, containerStatuses: [{ name: 'web', ...status }] },
  }
}

let ending = new AbortController()
beforeEach(() => {
  ending = new AbortController()
})
afterEach(() => ending.abort())

/** Follows a log whose streams and pods come in this order; the last one stays. */
async function follow(streams: (string[] | Error)[], pods: object[]) {
  const asked: KubeRequest['query'][] = []
  async function* lines({ query }: KubeRequest) {
    const stream = streams[Math.min(asked.push(query), streams.length) - 1]
    if (stream instanceof Error) throw stream
    yield* stream ?? []
  }
  const answer = () => (pods.length > 1 ? pods.shift() : pods[0]) ?? {}
  const api = recordedApi({ answers: { '/api/v1/namespaces/shop/pods/cart': answer }, lines })
  const entries: LogEntry[] = []
  const phases: string[] = []
  const listener = {
    onEntry: (entry: LogEntry) => void entries.push(entry),
    onRestarts: (count: number) => void entries.push({ mark: `restarts: ${count}`, tone: 'quiet' }),
    onPhase: (phase: string) => void phases.push(phase),
  }
  const away = () => ending.signal
  await followLog({ api, pod, options, listener, signal: ending.signal, away })
  return { asked, phases, said: entries.map((entry) => (typeof entry === 'string' ? entry : `(${entry.mark})`)) }
}

test('goes on after a restart without a line twice, tells of the restart before its lines, and marks the end', async () => {
  const streams = [[`${T}1Z one`, `${T}2Z two`], [`${T}2Z two`, `${T}3Z three`], []]
  const { said, asked, phases } = await follow(streams, [running(1), ended(0)])
  expect(said).toEqual([
    `${T}1Z one`,
    `${T}2Z two`,
    '(restarts: 1)',
    `${T}3Z three`,
    '(The container ended with exit code 0.)',
  ])
  expect(asked[0]).toMatchObject({ tailLines: 100, follow: true, timestamps: true, container: 'web' })
  expect(asked[1]).toMatchObject({ sinceTime: `${T}2Z` })
  expect(asked[1]).not.toHaveProperty('tailLines')
  expect(phases.at(-1)).toBe('ended')
})

test('a connection that breaks is made again while the pod lives', async () => {
  const broken = new KubeError('unreachable', 'broke the connection')
  const { said } = await follow([broken, [`${T}1Z one`]], [running(0), ended(3)])
  expect(said).toEqual(['(restarts: 0)', `${T}1Z one`, '(The container ended with exit code 3.)'])
})

test('a container that has nothing to say for longer than an answer may take is followed, and told as no fault', async () => {
  let asked = 0
  // As a kubelet: not even the head of its answer comes before the first line.
  const server = await serve((req, res) => {
    if (!req.url?.includes('/log?')) return void res.end(JSON.stringify(ended(0)))
    asked += 1
    setTimeout(() => res.end(`${T}1Z one\n`), 2_800)
  })
  const real = apiFor(server)
  const api: KubeApi = {
    call: (path, schema, request) => real.call(path, schema, request),
    lines: (path, request) => real.lines(path, { ...request, timeoutMs: 2_000 }),
    watch: (path, request) => real.watch(path, request),
  }
  const said: string[] = []
  const listener = {
    onEntry: (entry: LogEntry) => void said.push(typeof entry === 'string' ? entry : entry.mark),
    onRestarts: () => undefined,
    onPhase: (phase: string) => void said.push(phase),
  }
  await followLog({ api, pod, options, listener, signal: ending.signal, away: () => ending.signal })
  expect(said).toEqual(['following', `${T}1Z one`, 'The container ended with exit code 0.', 'ended'])
  expect(asked).toBe(1)
})

test('a pod that is gone is said to be gone', async () => {
  const gone = new KubeError('not-found', 'none', { status: 404 })
  const { said, phases } = await follow([[`${T}1Z one`]], [gone])
  expect(said).toEqual([`${T}1Z one`, '(The pod is gone.)'])
  expect(phases.at(-1)).toBe('gone')
})

test('who may not read logs is told so once, and is not tried again', async () => {
  const forbidden = new KubeError('forbidden', 'You may not get pods/log.', { status: 403, rbac: '{…}' })
  const { asked, phases } = await follow([forbidden], [running(0)])
  expect(asked).toHaveLength(1)
  expect(phases).toEqual(['failed'])
})
