import type { Disposable } from '../../change.ts'
import type { Cluster, ClusterRegistry } from '../../cluster/cluster.ts'

/** The cluster of a context, also when the kubeconfig changes and it becomes another one, or none. */
export class ClusterWatch {
  readonly #registry: ClusterRegistry
  readonly #context: string
  readonly #onChange: () => void
  #cluster: Cluster | null = null
  #listening: Disposable | null = null
  #known = false

  constructor(
    registry: ClusterRegistry,
    { context, onChange, signal }: { context: string; onChange: () => void; signal: AbortSignal },
  ) {
    this.#registry = registry
    this.#context = context
    this.#onChange = onChange
    const files = registry.changed.listen(() => this.#look())
    signal.addEventListener('abort', () => {
      files.dispose()
      this.#listening?.dispose()
    })
    void registry.ready().then(() => {
      this.#known = true
      if (!signal.aborted) this.#look()
    })
  }

  /** Null before the kubeconfigs were read, and where none names the context. */
  get cluster(): Cluster | null {
    return this.#cluster
  }

  /** The kubeconfigs were read, and none names the context. */
  get isGone(): boolean {
    return this.#known && this.#cluster === null
  }

  #look(): void {
    const found = this.#registry.find(this.#context) ?? null
    if (!this.#known || (found === this.#cluster && found !== null)) return
    this.#listening?.dispose()
    this.#cluster = found
    this.#listening = found?.changed.listen(this.#onChange) ?? null
    if (found?.standing.mode === 'unseen') void found.connect()
    this.#onChange()
  }
}
