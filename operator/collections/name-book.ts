import type { PseudonymKind, Pseudonymizer } from '#contract/pseudonyms.ts'

/** The pseudonyms of one collection, each computed once. */
export class NameBook {
  readonly #pseudonymizer: Pseudonymizer
  readonly #known = new Map<string, Promise<string>>()

  constructor(pseudonymizer: Pseudonymizer) {
    this.#pseudonymizer = pseudonymizer
  }

  of(kind: PseudonymKind, namespace: string | null, name: string): Promise<string> {
    const key = `${kind}/${namespace ?? ''}/${name}`
    const known = this.#known.get(key)
    if (known) return known
    const pseudonym = this.#pseudonymizer.pseudonymOf({ kind, namespace, name })
    this.#known.set(key, pseudonym)
    return pseudonym
  }
}
