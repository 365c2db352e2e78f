import type { z } from 'zod'
import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'
import { Change } from '../../change.ts'
import type { KubeApi, KubeRequest, WatchEvent } from '../../kube/kube-api.ts'
import { KubeError } from '../../kube/kube-error.ts'
import type { Standing } from '../../cluster/standing.ts'
import type { Page } from './page.ts'

/** An object is given as it is; a function makes it of the request. */
type Answer = Record<string, unknown> | KubeError | ((request: KubeRequest) => object)
type Lines = (request: KubeRequest & { signal: AbortSignal }) => AsyncIterable<string>

interface Recorded {
  /** Answers by path, or what makes one of the request; an error is thrown. What is not there is not found. */
  answers: Record<string, Answer>
  lines?: Lines
  watch?: (path: string, signal: AbortSignal) => AsyncIterable<WatchEvent>
}

/** For tests: an API that says what a real one said. */
export function recordedApi({ answers, lines, watch }: Recorded): KubeApi {
  return {
    async call<T>(path: string, schema: z.ZodType<T>, request: KubeRequest = {}): Promise<T> {
      const given = answers[path]
      if (given === undefined) throw new KubeError('not-found', `${path} not found`, { status: 404 })
      const answer: object = typeof given === 'function' ? given(request) : given
      if (answer instanceof Error) throw answer
      return schema.parse(answer)
    },
    lines: (_path, request) => (lines ? lines(request) : untilAborted(request.signal)),
    watch: (path, { signal }) => (watch ? watch(path, signal) : untilAborted(signal)),
  }
}

// oxlint-disable-next-line require-yield
async function* untilAborted(signal: AbortSignal): AsyncGenerator<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

/** For tests: a registry of one cluster. */
export function recordedRegistry(api: KubeApi, standing: Standing = { mode: 'basic', warning: null }): ClusterRegistry {
  const cluster: Cluster = {
    context: {
      name: 'prod',
      cluster: 'prod',
      user: 'me',
      namespace: null,
      server: 'https://prod.example',
      isCurrent: true,
      hasPlugin: false,
    },
    api,
    standing,
    identifier: null,
    clusterId: 'cls_0123456789abcdef0123456789abcdef',
    operatorNamespace: null,
    changed: new Change(),
    connect: async () => undefined,
    refresh: async () => undefined,
    allowSignIn: () => undefined,
  }
  return {
    clusters: [cluster],
    fault: null,
    changed: new Change(),
    ready: async () => undefined,
    find: (name) => (name === 'prod' ? cluster : undefined),
  }
}

/** For tests: a registry whose one context leads to another cluster, or to none, once the test says so. */
export function changingRegistry(first: ClusterRegistry) {
  const changed = new Change()
  let now: ClusterRegistry | null = first
  const registry: ClusterRegistry = {
    get clusters() {
      return now?.clusters ?? []
    },
    fault: null,
    changed,
    ready: async () => undefined,
    find: (name) => now?.find(name),
  }
  const become = (next: ClusterRegistry | null) => {
    now = next
    changed.fire()
  }
  return { registry, become }
}

export interface RecordedPage<ToPage, FromPage> extends Page<ToPage, FromPage> {
  readonly posted: ToPage[]
  say(message: FromPage): void
  close(): void
}

/** For tests: a page that keeps what it is told. */
export function recordedPage<ToPage, FromPage>(): RecordedPage<ToPage, FromPage> {
  const posted: ToPage[] = []
  const listeners = new Set<(message: FromPage) => void>()
  const closing = new AbortController()
  return {
    posted,
    visible: true,
    closed: closing.signal,
    post: (message) => void posted.push(message),
    onMessage(listener) {
      listeners.add(listener)
      return { dispose: () => void listeners.delete(listener) }
    },
    onVisibility: () => ({ dispose: () => undefined }),
    say: (message) => listeners.forEach((listener) => listener(message)),
    close: () => closing.abort(),
  }
}
