import { followEvents } from '../../documents/follow-events.ts'
import { followObject } from '../../documents/follow-object.ts'
import type { SeenObject } from '../../documents/seen-object.ts'
import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'
import type { KubeError } from '../../kube/kube-error.ts'
import { ClusterWatch } from '../frame/cluster-watch.ts'
import { eventCount, eventTime } from '../frame/kube-event.ts'
import type { KubeEvent } from '../frame/kube-event.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import type { Page } from '../frame/page.ts'
import { describeObject } from './describe-object.ts'
import type { DescribedEvent, FromDescribe, ToDescribe } from './protocol.ts'
import { readRelated } from './read-related.ts'
import { nothingRelated } from './related.ts'

const SETTLE_MS = 100
const RELATED_MS = 10_000
const RELATED_SETTLE_MS = 1_000

type Trouble = NonNullable<ToDescribe['trouble']>

/** What the page's buttons do outside of it. */
export interface DescribeActions {
  open(reference: ObjectReference): void
  viewYaml(reference: ObjectReference): void
  viewLogs(reference: ObjectReference): void
  copy(text: string): void
}

/** Keeps an open description up to date while it is looked at. */
export class DescribeSession {
  readonly #target: ObjectReference
  readonly #page: Page<ToDescribe, FromDescribe>
  readonly #actions: DescribeActions
  readonly #watch: ClusterWatch
  #cluster: Cluster | null = null
  #following: AbortController | null = null
  #seen: SeenObject | null = null
  #related = nothingRelated
  #events: DescribedEvent[] | null = null
  #eventsTrouble: Trouble | null = null
  #state: ToDescribe['state'] = 'loading'
  #trouble: Trouble | null = null
  #postTimer: NodeJS.Timeout | undefined
  #relatedTimer: NodeJS.Timeout | undefined

  constructor(
    registry: ClusterRegistry,
    target: ObjectReference,
    { page, actions }: { page: Page<ToDescribe, FromDescribe>; actions: DescribeActions },
  ) {
    this.#target = target
    this.#page = page
    this.#actions = actions
    page.onMessage((message) => this.#hear(message))
    page.onVisibility(() => this.#follow())
    page.closed.addEventListener('abort', () => this.#end())
    this.#watch = new ClusterWatch(registry, {
      context: target.context,
      onChange: () => this.#clusterChanged(),
      signal: page.closed,
    })
  }

  #hear(message: FromDescribe): void {
    if (message.type === 'ready') this.#post()
    else if (message.type === 'open') this.#actions.open(message.reference)
    else if (message.type === 'view-yaml') this.#actions.viewYaml(this.#target)
    else if (message.type === 'view-logs') this.#actions.viewLogs(this.#target)
    else this.#actions.copy(message.text)
  }

  #clusterChanged(): void {
    const { cluster, isGone } = this.#watch
    if (isGone) {
      const message = `No kubeconfig names the context ${this.#target.context} any more.`
      this.#tell('unread', { message, mend: null, rbac: null })
    }
    if (cluster === this.#cluster) return
    this.#cluster = cluster
    this.#stop()
    this.#follow()
  }

  /** Watches while the tab is to be seen, and not while it is behind another. */
  #follow(): void {
    if (!this.#page.visible) return this.#stop()
    if (this.#following || !this.#cluster) return
    const following = new AbortController()
    this.#following = following
    const { api } = this.#cluster
    const listener = {
      onSeen: (seen: SeenObject) => this.#see(seen),
      onGone: () => this.#tell(this.#seen ? 'deleted' : 'absent', null),
      onFault: (error: KubeError) => this.#tell('unread', troubleOf(error)),
    }
    void followObject(api, this.#target, { listener, signal: following.signal })
    const events = {
      onEvents: (list: KubeEvent[]) => this.#putEvents(list.map(describeEvent), null),
      onFault: (error: KubeError) => this.#putEvents(this.#events, troubleOf(error)),
    }
    void followEvents(api, this.#target, { listener: events, signal: following.signal })
  }

  #stop(): void {
    clearTimeout(this.#relatedTimer)
    this.#following?.abort()
    this.#following = null
  }

  #end(): void {
    clearTimeout(this.#postTimer)
    this.#stop()
  }

  #see(seen: SeenObject): void {
    // Another object of the same name has other pods and owners.
    if (this.#seen && this.#seen.object.metadata.uid !== seen.object.metadata.uid) this.#related = nothingRelated
    const isFirst = this.#seen === null
    this.#seen = seen
    this.#tell('live', null)
    this.#readRelatedIn(isFirst ? 0 : RELATED_SETTLE_MS)
  }

  #readRelatedIn(ms: number): void {
    clearTimeout(this.#relatedTimer)
    this.#relatedTimer = setTimeout(() => void this.#readRelated(), ms)
  }

  async #readRelated(): Promise<void> {
    const { signal } = this.#following ?? {}
    if (!signal || !this.#cluster || !this.#seen || this.#state !== 'live') return
    const { object } = this.#seen
    const related = await readRelated({ api: this.#cluster.api, reference: this.#target, object, signal })
    if (signal.aborted) return
    this.#related = related
    this.#postSoon()
    this.#readRelatedIn(RELATED_MS)
  }

  #putEvents(events: DescribedEvent[] | null, trouble: Trouble | null): void {
    this.#events = events
    this.#eventsTrouble = trouble
    this.#postSoon()
  }

  #tell(state: ToDescribe['state'], trouble: Trouble | null): void {
    this.#state = state
    this.#trouble = trouble
    this.#postSoon()
  }

  #postSoon(): void {
    clearTimeout(this.#postTimer)
    this.#postTimer = setTimeout(() => this.#post(), SETTLE_MS)
  }

  #post(): void {
    const described = this.#seen && { ...this.#seen, context: this.#target.context, related: this.#related }
    this.#page.post({
      v: 1,
      type: 'description',
      target: this.#target,
      clusterId: this.#cluster?.clusterId ?? null,
      description: described && describeObject(this.#target, described),
      state: this.#state,
      trouble: this.#trouble,
      events: this.#events,
      eventsTrouble: this.#eventsTrouble,
    })
  }
}

function troubleOf({ message, mend, rbac }: KubeError): Trouble {
  return { message, mend, rbac }
}

function describeEvent(event: KubeEvent): DescribedEvent {
  return {
    isWarning: event.type === 'Warning',
    reason: event.reason,
    message: event.message,
    count: eventCount(event),
    at: eventTime(event),
  }
}
