import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'
import { followObject } from '../../documents/follow-object.ts'
import type { SeenObject } from '../../documents/seen-object.ts'
import type { KubeError } from '../../kube/kube-error.ts'
import { podStatusOf } from '../describe/kinds/pod.ts'
import { ClusterWatch } from '../frame/cluster-watch.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import type { Page } from '../frame/page.ts'
import { followLog } from './follow-log.ts'
import { LogBuffer } from './log-buffer.ts'
import { LogFeed } from './log-feed.ts'
import type { LineSelection } from './log-line.ts'
import { selectLines } from './log-line.ts'
import { loggedPod, podContainers } from './pod-containers.ts'
import type { FromLogs, LogContainer, LogEntry, LogOptions, LogPhase, LogsTarget, ToLogs } from './protocol.ts'

const SETTLE_MS = 50

/** What the page's buttons do outside of it. */
export interface LogsActions {
  copyLines(lines: string[]): void
  saveLines(lines: string[], name: string): void
  copyText(text: string): void
  describe(reference: ObjectReference): void
}

/** Keeps an open log going. It goes on while the tab is hidden, into a buffer of a bounded size. */
export class LogsSession {
  readonly #target: LogsTarget
  readonly #page: Page<ToLogs, FromLogs>
  readonly #actions: LogsActions
  readonly #watch: ClusterWatch
  readonly #feed: LogFeed
  #buffer = new LogBuffer()
  #cluster: Cluster | null = null
  #options: LogOptions
  #reading: AbortController | null = null
  #looking: AbortController | null = null
  /** Aborts once the cluster is away. */
  #away = new AbortController()
  #containers: LogContainer[] = []
  #uid: string | undefined = undefined
  /** As often as the container is known to have been restarted. */
  #restarts = 0
  #pod: Extract<ToLogs, { type: 'state' }>['pod'] = null
  #phase: { phase: LogPhase; words: string; rbac: string | null } = {
    phase: 'connecting',
    words: 'Connecting',
    rbac: null,
  }
  #timer: NodeJS.Timeout | undefined

  constructor(
    registry: ClusterRegistry,
    target: LogsTarget,
    { page, actions }: { page: Page<ToLogs, FromLogs>; actions: LogsActions },
  ) {
    this.#target = target
    this.#page = page
    this.#actions = actions
    this.#options = { container: target.container, previous: false, follow: true, tailLines: 1_000, sinceSeconds: null }
    this.#feed = new LogFeed((message) => page.post(message))
    page.onMessage((message) => this.#hear(message))
    page.onVisibility((visible) => this.#feed.setVisible(visible))
    page.closed.addEventListener('abort', () => this.#end())
    this.#watch = new ClusterWatch(registry, {
      context: target.pod.context,
      onChange: () => this.#clusterChanged(),
      signal: page.closed,
    })
  }

  #hear(message: FromLogs): void {
    switch (message.type) {
      case 'ready':
        return this.#greet(message.options)
      case 'read':
        return this.#read(message.options)
      case 'got':
        return this.#feed.got(message.batch)
      case 'pause':
        return this.#feed.setPaused(message.paused)
      case 'copy':
        return this.#actions.copyLines(this.#select(message))
      case 'save':
        return this.#actions.saveLines(this.#select(message), this.#fileName())
      case 'copy-text':
        return this.#actions.copyText(message.text)
      case 'describe':
        return this.#actions.describe(this.#target.pod)
    }
  }

  #select({ filter, timestamps }: LineSelection): string[] {
    return selectLines(this.#buffer.all(), { filter, timestamps })
  }

  #fileName(): string {
    return `${this.#target.pod.name}-${this.#options.container ?? 'log'}.log`
  }

  /** The page was drawn, and has no line. After a reload of the window it also knows what was read. */
  #greet(kept: LogOptions | null): void {
    if (kept && this.#reading === null) this.#options = kept
    this.#feed.show(this.#buffer)
    this.#post()
  }

  #clusterChanged(): void {
    const { cluster, isGone } = this.#watch
    const { pod } = this.#target
    if (isGone) this.#tell('failed', `No kubeconfig names the context ${pod.context} any more.`)
    if (cluster === this.#cluster) return
    this.#cluster = cluster
    this.#stop()
    if (!cluster) return
    this.#tell('connecting', 'Connecting')
    this.#looking = new AbortController()
    const listener = {
      onSeen: (seen: SeenObject) => this.#see(seen),
      onGone: () => this.#seeNoPod(),
      onFault: (error: KubeError) => {
        if (!this.#reading) this.#tell('failed', error.message)
        else if (error.fault === 'unreachable') this.#breakStream(error)
      },
    }
    void followObject(cluster.api, pod, { listener, signal: this.#looking.signal })
  }

  /** A connection that died without a word is as silent as a container that has nothing to say, and the pod's watch learns it first. */
  #breakStream(error: KubeError): void {
    this.#away.abort(error)
    this.#away = new AbortController()
  }

  /** The pod is forgotten too, so that its log is read anew once there is a cluster again: another server may have one of the same name. */
  #stop(): void {
    this.#looking?.abort()
    this.#reading?.abort()
    this.#reading = null
    this.#uid = undefined
  }

  #see({ object }: SeenObject): void {
    const pod = loggedPod(object)
    if (!pod) return
    const { uid } = object.metadata
    const isAnother = this.#uid !== uid
    this.#uid = uid
    this.#pod = podStatusOf(object)
    this.#containers = podContainers(pod)
    // Of a StatefulSet the next pod has the same name.
    if (isAnother) this.#read(this.#options)
    else this.#noteRestarts(this.#current()?.restarts ?? 0)
    this.#postSoon()
  }

  #current(): LogContainer | undefined {
    return this.#containers.find(({ name }) => name === this.#options.container)
  }

  /** A restart is marked once, whoever sees it first: the watch of the pod, or the stream that ended with the container. */
  #noteRestarts(count: number): void {
    if (count <= this.#restarts) return
    this.#restarts = count
    if (this.#options.previous) return
    this.#buffer.push({ mark: `The container was restarted (${count} in all).`, tone: 'warning' })
    this.#feed.wake()
  }

  #seeNoPod(): void {
    this.#pod = { text: 'Gone', tone: 'quiet' }
    if (!this.#reading) this.#tell('gone', 'There is no such pod any more.')
    this.#postSoon()
  }

  /** Begins anew, with an empty buffer. */
  #read(options: LogOptions): void {
    const container = options.container ?? this.#containers[0]?.name
    if (!this.#cluster || container === undefined) return
    this.#reading?.abort()
    const reading = new AbortController()
    const buffer = new LogBuffer()
    this.#reading = reading
    this.#options = { ...options, container }
    this.#restarts = this.#current()?.restarts ?? 0
    this.#buffer = buffer
    this.#feed.show(buffer)
    this.#tell('connecting', 'Connecting')
    const listener = {
      onEntry: (entry: LogEntry) => {
        if (reading.signal.aborted) return
        buffer.push(entry)
        this.#feed.wake()
      },
      onRestarts: (count: number) => {
        if (!reading.signal.aborted) this.#noteRestarts(count)
      },
      onPhase: (phase: LogPhase, words: string, rbac: string | null = null) => {
        if (!reading.signal.aborted) this.#tell(phase, words, rbac)
      },
    }
    const { api } = this.#cluster
    const { pod } = this.#target
    const away = () => this.#away.signal
    void followLog({ api, pod, options: { ...options, container }, listener, signal: reading.signal, away })
  }

  #tell(phase: LogPhase, words: string, rbac: string | null = null): void {
    this.#phase = { phase, words, rbac }
    this.#postSoon()
  }

  #postSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#post(), SETTLE_MS)
  }

  #post(): void {
    this.#page.post({
      v: 1,
      type: 'state',
      target: this.#target,
      clusterId: this.#cluster?.clusterId ?? null,
      options: this.#options,
      containers: this.#containers,
      pod: this.#pod,
      ...this.#phase,
    })
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#feed.end()
    this.#stop()
  }
}
