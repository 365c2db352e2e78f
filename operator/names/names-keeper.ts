import { NAMES_SECRET, createPseudonymizer, generateSalt, saltSchema } from '#contract/pseudonyms.ts'
import type { Pseudonymizer } from '#contract/pseudonyms.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { fillSecret } from '../kube/secret.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'

/** Whether names can be replaced. Without a salt nothing that carries a name is made, and so nothing of it leaves. */
export type Names =
  | { kind: 'ready'; pseudonymizer: Pseudonymizer }
  | { kind: 'malformed' }
  | { kind: 'unreadable'; detail: string }

/** What is wrong with the salt and how to mend it, for log and status; null when nothing is. */
export function namesFault(names: Names): string | null {
  const { name, key } = NAMES_SECRET
  switch (names.kind) {
    case 'ready':
      return null
    case 'malformed':
      return `The Secret ${name} holds under ${key} what is no salt (64 hexadecimal digits). It is left as it is, and no collections are sent. Put the right one back, or remove it and the operator makes a new one.`
    case 'unreadable':
      return `The Secret ${name} cannot be read or filled, so no collections are sent. Check that it exists and the operator's Role. (${names.detail})`
  }
}

/** Looks after the salt in its Secret: makes it where there is none, and never replaces one. */
export class NamesKeeper {
  readonly #api: KubernetesApi
  readonly #namespace: string
  readonly #log: Log
  #known: { salt: string; pseudonymizer: Pseudonymizer } | null = null
  #said: Names['kind'] = 'ready'

  constructor(api: KubernetesApi, namespace: string, log: Log) {
    this.#api = api
    this.#namespace = namespace
    this.#log = log
  }

  /** The names as the Secret has them now, so that a salt that was put back counts without a restart. Never rejects. */
  async load(): Promise<Names> {
    const names = await this.#read()
    const fault = namesFault(names)
    if (fault !== null && names.kind !== this.#said) this.#log.error(fault)
    this.#said = names.kind
    return names
  }

  async #read(): Promise<Names> {
    try {
      const target = { namespace: this.#namespace, ...NAMES_SECRET }
      let made: string | null = null
      const salt = await fillSecret(this.#api, target, () => (made = generateSalt()))
      if (salt === made) this.#log.info(`A salt for pseudonyms is made and kept in the Secret ${NAMES_SECRET.name}.`)
      if (!saltSchema.safeParse(salt).success) return { kind: 'malformed' }
      if (this.#known?.salt !== salt) this.#known = { salt, pseudonymizer: await createPseudonymizer(salt) }
      return { kind: 'ready', pseudonymizer: this.#known.pseudonymizer }
    } catch (error) {
      return { kind: 'unreadable', detail: errorText(error) }
    }
  }
}
