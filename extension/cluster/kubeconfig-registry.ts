import { Change } from '../change.ts'
import type { Disposable } from '../change.ts'
import { kubeconfigFiles } from '../kube/kubeconfig-files.ts'
import { readKubeconfig } from '../kube/read-kubeconfig.ts'
import type { ContextAccess } from '../kube/read-kubeconfig.ts'
import { watchFiles } from '../kube/watch-files.ts'
import type { Cluster, ClusterRegistry } from './cluster.ts'
import { LiveCluster } from './live-cluster.ts'
import type { Surroundings } from './live-cluster.ts'

/** The contexts of the kubeconfigs. One that leads where it led keeps its cluster, and with it connections and what was found out. */
export class KubeconfigRegistry implements ClusterRegistry, Disposable {
  readonly #surroundings: Surroundings
  readonly #change = new Change()
  readonly #live = new Map<string, { fingerprint: string; cluster: LiveCluster }>()
  #watcher: Disposable | null = null
  #watched = ''
  #reading: Promise<void> | null = null
  #isStale = false
  clusters: readonly LiveCluster[] = []
  fault: string | null = null

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  get changed(): Pick<Change, 'listen'> {
    return this.#change
  }

  ready(): Promise<void> {
    return this.#reading ?? this.reload()
  }

  /** Reads all files again; of several that ask meanwhile one more reading serves all. */
  reload(): Promise<void> {
    this.#isStale = true
    return (this.#reading ??= this.#readUntilFresh().finally(() => (this.#reading = null)))
  }

  /** Looks again at every cluster that was looked at before. */
  async lookAgain(): Promise<void> {
    const seen = this.clusters.filter(({ standing }) => standing.mode !== 'unseen')
    await Promise.all(seen.map((cluster) => cluster.refresh()))
  }

  find(contextName: string): Cluster | undefined {
    return this.#live.get(contextName)?.cluster
  }

  dispose(): void {
    this.#watcher?.dispose()
    for (const cluster of this.clusters) cluster.dispose()
  }

  async #readUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false
      const files = kubeconfigFiles(this.#surroundings.settings.kubeconfigFiles)
      this.#watch(files)
      const { contexts, current, faults } = await readKubeconfig(files)
      this.#adopt(contexts, current)
      this.fault = faults.length > 0 ? faults.join('\n') : null
    }
    this.#change.fire()
  }

  #watch(files: string[]): void {
    const wanted = files.join('\n')
    if (wanted === this.#watched) return
    this.#watcher?.dispose()
    this.#watched = wanted
    this.#watcher = watchFiles(files, () => void this.reload())
  }

  #adopt(contexts: ContextAccess[], current: string | null): void {
    const names = new Set(contexts.map(({ name }) => name))
    for (const [name, { cluster }] of this.#live) {
      if (names.has(name)) continue
      cluster.dispose()
      this.#live.delete(name)
    }
    this.clusters = contexts.map((access) => this.#clusterOf(access, access.name === current))
  }

  #clusterOf(access: ContextAccess, isCurrent: boolean): LiveCluster {
    // Nothing that leads to the cluster depends on the namespace, which people change all day.
    const { namespace, ...way } = access
    const fingerprint = JSON.stringify(way)
    const known = this.#live.get(access.name)
    if (known?.fingerprint === fingerprint) {
      known.cluster.update({ namespace, isCurrent })
      return known.cluster
    }
    known?.cluster.dispose()
    const cluster = new LiveCluster(access, isCurrent, this.#surroundings)
    this.#live.set(access.name, { fingerprint, cluster })
    return cluster
  }
}
