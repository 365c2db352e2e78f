import { STATE_SECRET } from '../config.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { readSecret, writeSecret } from '../kube/secret.ts'
import type { SecretText } from '../kube/secret.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { emptyRecord, recordSchema } from './record.ts'
import type { RegistrationRecord } from './record.ts'

/** Keeps the registration in the operator's Secret. */
export class RecordStore {
  readonly #api: KubernetesApi
  readonly #target: SecretText
  readonly #serverUrl: string
  readonly #log: Log
  #troubled = false
  #saving: Promise<void> = Promise.resolve()

  constructor(api: KubernetesApi, { namespace, serverUrl, log }: { namespace: string; serverUrl: string; log: Log }) {
    this.#api = api
    this.#target = { namespace, name: STATE_SECRET, key: 'registration' }
    this.#serverUrl = serverUrl
    this.#log = log
  }

  /**
   * What was kept, or an empty record when there is none, it is unreadable, or it is of another server: what that one said counts
   * for nothing here. Throws a `KubernetesError` when the Secret cannot be read.
   */
  async load(): Promise<RegistrationRecord> {
    const text = await readSecret(this.#api, this.#target)
    if (text === null) return emptyRecord(this.#serverUrl)
    const parsed = recordSchema.safeParse(parseJson(text))
    if (!parsed.success) this.#log.warn(`The Secret ${STATE_SECRET} is unreadable, so the operator registers again.`)
    if (!parsed.success || parsed.data.serverUrl !== this.#serverUrl) return emptyRecord(this.#serverUrl)
    return parsed.data
  }

  /** Keeps the record, after those given before it. A failure is logged once and costs what a restart would need. */
  save(record: RegistrationRecord): Promise<void> {
    this.#saving = this.#saving.then(() => this.#write(record))
    return this.#saving
  }

  async #write(record: RegistrationRecord): Promise<void> {
    try {
      await writeSecret(this.#api, this.#target, JSON.stringify(record))
      this.#troubled = false
    } catch (error) {
      if (!this.#troubled) {
        this.#log.error(
          `The Secret ${STATE_SECRET} cannot be written, so a restart would register again. Check the Role.`,
          {
            error: errorText(error),
          },
        )
      }
      this.#troubled = true
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
