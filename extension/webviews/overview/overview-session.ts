import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'
import type { Mend, Mode } from '../../cluster/standing.ts'
import { ClusterWatch } from '../frame/cluster-watch.ts'
import type { ObjectReference } from '../frame/object-reference.ts'
import type { Page } from '../frame/page.ts'
import { composeOverview, rulesText } from './compose-overview.ts'
import { noFacts, overlayFacts } from './facts.ts'
import type { FromOverview, OverviewTarget, ToOverview } from './protocol.ts'
import { readFacts } from './read-facts.ts'

const INTERVAL_MS = 30_000
/** At most a tenth of the time is spent reading, however large the cluster. */
const SHARE_OF_TIME = 10

/** What the page's buttons do outside of it. */
export interface OverviewActions {
  mend(action: Mend, cluster: Cluster): void
  copy(text: string): void
  open(reference: ObjectReference): void
}

const READABLE: readonly Mode[] = ['basic', 'operated', 'enabled', 'degraded', 'forbidden']

/** Keeps an open overview up to date: with each change of the cluster's standing, and on a timer while it is looked at. */
export class OverviewSession {
  readonly #target: OverviewTarget
  readonly #page: Page<ToOverview, FromOverview>
  readonly #actions: OverviewActions
  readonly #watch: ClusterWatch
  #facts = noFacts()
  /** What the facts are of. */
  #factsOf: Cluster | null = null
  /** How that cluster stood at the last read; null when it has to be read anew. */
  #readIn: Mode | null = null
  #reading: AbortController | null = null
  #timer: NodeJS.Timeout | undefined
  #nextReadAt = 0

  constructor(
    registry: ClusterRegistry,
    target: OverviewTarget,
    { page, actions }: { page: Page<ToOverview, FromOverview>; actions: OverviewActions },
  ) {
    this.#target = target
    this.#page = page
    this.#actions = actions
    page.onMessage((message) => this.#hear(message))
    page.onVisibility(() => this.#schedule())
    page.closed.addEventListener('abort', () => {
      clearTimeout(this.#timer)
      this.#reading?.abort()
    })
    this.#watch = new ClusterWatch(registry, {
      context: target.context,
      onChange: () => this.#clusterChanged(),
      signal: page.closed,
    })
  }

  #hear(message: FromOverview): void {
    const { cluster } = this.#watch
    if (message.type === 'ready') this.#post()
    else if (message.type === 'open') this.#actions.open(message.reference)
    else if (message.type === 'copy-rbac') this.#actions.copy(rulesText(this.#facts.missing))
    else if (message.type === 'refresh') this.#refresh(cluster)
    else if (cluster) this.#actions.mend(message.action, cluster)
  }

  #refresh(cluster: Cluster | null): void {
    if (!cluster) return
    cluster.allowSignIn()
    void cluster.refresh()
    if (READABLE.includes(cluster.standing.mode)) void this.#read(cluster)
  }

  #clusterChanged(): void {
    const { cluster } = this.#watch
    const mode = cluster?.standing.mode
    if (cluster !== this.#factsOf) this.#beginAnew(cluster)
    // What was read before it went away is read anew once it is back.
    if (mode === 'unreachable') this.#readIn = null
    if (cluster && mode && READABLE.includes(mode) && mode !== this.#readIn) void this.#read(cluster)
    this.#post()
  }

  /** Nothing of another cluster stays, nor comes later of a reading or a timer that was for it. */
  #beginAnew(cluster: Cluster | null): void {
    clearTimeout(this.#timer)
    this.#reading?.abort()
    this.#reading = null
    this.#readIn = null
    this.#facts = noFacts()
    this.#factsOf = cluster
  }

  async #read(cluster: Cluster): Promise<void> {
    this.#reading?.abort()
    const reading = new AbortController()
    this.#reading = reading
    this.#readIn = cluster.standing.mode
    const before = this.#facts
    const startedAt = Date.now()
    const input = {
      api: cluster.api,
      context: cluster.context.name,
      operatorNamespace: cluster.operatorNamespace,
      signal: reading.signal,
    }
    await readFacts(input, (facts) => {
      this.#facts = overlayFacts(before, facts)
      this.#post()
    })
    if (this.#reading !== reading) return
    this.#reading = null
    this.#nextReadAt = Date.now() + Math.max(INTERVAL_MS, (Date.now() - startedAt) * SHARE_OF_TIME)
    this.#post()
    this.#schedule()
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    const { cluster } = this.#watch
    if (!this.#page.visible || this.#reading || !cluster || !READABLE.includes(cluster.standing.mode)) return
    const read = () => {
      if (READABLE.includes(cluster.standing.mode)) void this.#read(cluster)
    }
    this.#timer = setTimeout(read, Math.max(0, this.#nextReadAt - Date.now()))
  }

  #post(): void {
    const { cluster, isGone } = this.#watch
    if (isGone) this.#page.post({ v: 1, type: 'gone', target: this.#target })
    if (!cluster) return
    const overview = composeOverview(cluster, this.#facts, this.#reading !== null)
    this.#page.post({ v: 1, type: 'overview', overview })
  }
}
