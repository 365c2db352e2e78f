/** Something that was made and has to be ended. */
export type Disposable = { dispose(): void }

/** Tells listeners that something changed; they read it again by themselves. Without `vscode`, so that Node can test its users. */
export class Change {
  readonly #listeners = new Set<() => void>()

  /** Gives back what ends the subscription. */
  readonly listen = (listener: () => void): Disposable => {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  fire(): void {
    for (const listener of this.#listeners) listener()
  }
}
