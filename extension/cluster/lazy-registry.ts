import { Change } from '../change.ts'
import type { Disposable } from '../change.ts'
import type { Cluster, ClusterRegistry } from './cluster.ts'

/** A registry that reads no file, and loads no code for it, before somebody needs its clusters. */
export class LazyRegistry implements ClusterRegistry {
  readonly #load: () => Promise<ClusterRegistry & Disposable>
  readonly #change = new Change()
  #loading: Promise<void> | null = null
  #loaded: (ClusterRegistry & Disposable) | null = null
  #fault: string | null = null

  constructor(load: () => Promise<ClusterRegistry & Disposable>) {
    this.#load = load
  }

  get clusters(): readonly Cluster[] {
    return this.#loaded?.clusters ?? []
  }

  get fault(): string | null {
    return this.#loaded?.fault ?? this.#fault
  }

  get changed(): Pick<Change, 'listen'> {
    return this.#change
  }

  ready(): Promise<void> {
    return (this.#loading ??= this.#begin())
  }

  find(contextName: string): Cluster | undefined {
    return this.#loaded?.find(contextName)
  }

  dispose(): void {
    this.#loaded?.dispose()
  }

  async #begin(): Promise<void> {
    try {
      const registry = await this.#load()
      this.#loaded = registry
      registry.changed.listen(() => this.#change.fire())
      await registry.ready()
    } catch (error) {
      this.#fault = `The kubeconfig could not be read: ${error instanceof Error ? error.message : String(error)}.`
    }
    this.#change.fire()
  }
}
