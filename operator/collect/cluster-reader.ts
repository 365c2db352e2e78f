import { KubernetesError } from '../kube/kubernetes-error.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { repeat } from '../repeat.ts'
import type { ClusterHealth } from '../status/condition-states.ts'
import { takeSnapshot } from './cluster-snapshot.ts'
import type { ClusterSnapshot } from './cluster-snapshot.ts'

const INTERVAL_MS = 60_000
const RETRY_MS = 10_000
/** At most a twentieth of the time is spent reading, however large the cluster. */
const SHARE_OF_TIME = 20

export interface ClusterReaderOptions {
  api: KubernetesApi
  log: Log
  /** After each read; the snapshot is null when it failed. */
  onRead(snapshot: ClusterSnapshot | null): Promise<void>
}

/** Reads the whole cluster's totals once a minute, or more slowly where that takes long. */
export class ClusterReader {
  readonly #options: ClusterReaderOptions
  readonly #first = Promise.withResolvers<void>()
  #snapshot: ClusterSnapshot | null = null
  #fault: string | null = null

  constructor(options: ClusterReaderOptions) {
    this.#options = options
  }

  get snapshot(): ClusterSnapshot | null {
    return this.#snapshot
  }

  health(): ClusterHealth {
    if (this.#fault !== null) return { kind: 'unreachable', detail: this.#fault }
    if (!this.#snapshot) return { kind: 'unknown' }
    return { kind: 'known', nodes: this.#snapshot.nodes.total, readyNodes: this.#snapshot.nodes.ready }
  }

  /** Resolves once the cluster was read, or could not be. */
  afterFirstRead(): Promise<void> {
    return this.#first.promise
  }

  async run(signal: AbortSignal): Promise<void> {
    await repeat(signal, async () => {
      const startedAt = Date.now()
      await this.#read()
      this.#first.resolve()
      await this.#options.onRead(this.#fault === null ? this.#snapshot : null)
      if (this.#fault !== null) return RETRY_MS
      return Math.max(INTERVAL_MS, (Date.now() - startedAt) * SHARE_OF_TIME)
    })
    this.#first.resolve()
  }

  async #read(): Promise<void> {
    try {
      this.#snapshot = await takeSnapshot(this.#options.api)
      this.#fault = null
    } catch (error) {
      if (this.#fault === null) this.#options.log.warn('The cluster cannot be read.', { error: errorText(error) })
      this.#fault = error instanceof KubernetesError ? error.message : errorText(error)
    }
  }
}
