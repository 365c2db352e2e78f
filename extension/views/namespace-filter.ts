import type { Memento } from 'vscode'
import { Change } from '../change.ts'

/** The one namespace whose objects a cluster's lists show, kept for the workspace. Null shows all. */
export class NamespaceFilter {
  readonly #store: Pick<Memento, 'get' | 'update'>
  readonly #change = new Change()

  constructor(store: Pick<Memento, 'get' | 'update'>) {
    this.#store = store
  }

  get changed(): Pick<Change, 'listen'> {
    return this.#change
  }

  of(contextName: string): string | null {
    return this.#store.get<string>(keyOf(contextName)) ?? null
  }

  async set(contextName: string, namespace: string | null): Promise<void> {
    await this.#store.update(keyOf(contextName), namespace ?? undefined)
    this.#change.fire()
  }
}

function keyOf(contextName: string): string {
  return `namespace ${contextName}`
}
