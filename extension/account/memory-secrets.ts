import type { Secrets } from './session-store.ts'

/** A SecretStorage for tests; windows that are given the same one share it, as they do on the desktop. */
export class MemorySecrets implements Secrets {
  readonly #values = new Map<string, string>()
  async get(key: string): Promise<string | undefined> {
    return this.#values.get(key)
  }
  async store(key: string, value: string): Promise<void> {
    this.#values.set(key, value)
  }
  async delete(key: string): Promise<void> {
    this.#values.delete(key)
  }
  /** As a browser tab keeps it: a copy of its own from its start on. */
  copied(): MemorySecrets {
    const copy = new MemorySecrets()
    for (const [key, value] of this.#values) copy.#values.set(key, value)
    return copy
  }
  get texts(): string[] {
    return [...this.#values.values()]
  }
}
