/** Which pod address reached what, counted where the sandbox accepts connections. */
export class ConnectionLedger {
  readonly #counts = new Map<string, Map<string, number>>()

  /** `target` is the name of a Service or a forward. */
  record(fromAddress: string | undefined, target: string): void {
    if (!fromAddress) return
    const address = fromAddress.replace('::ffff:', '')
    const targets = this.#counts.get(address) ?? new Map<string, number>()
    targets.set(target, (targets.get(target) ?? 0) + 1)
    this.#counts.set(address, targets)
  }

  /** Connections by target. */
  of(address: string): Record<string, number> {
    return Object.fromEntries(this.#counts.get(address) ?? [])
  }

  /** Addresses are used again: a new pod starts from nothing. */
  forget(address: string): void {
    this.#counts.delete(address)
  }
}
