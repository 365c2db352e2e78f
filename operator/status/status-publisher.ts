import { STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import type { OperatorStatus } from '#contract/operator-status.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { backoffMs } from '../registration/pace.ts'

const DEBOUNCE_MS = 1_000
const RETRY_MAX_MS = 30_000

export interface PublisherOptions {
  /** The status as it is now. */
  compose(): OperatorStatus
  write(text: string): Promise<void>
  /** Seconds that may pass between two writes; asked each time, since the server may change it. */
  intervalSeconds(): number
  log: Log
  onWrite(fault: string | null): void
}

/**
 * Writes the status at once, 1 s after each change, and at least once in an interval. One write at a time; after one that failed it waits
 * longer each time, whatever changes meanwhile.
 */
export class StatusPublisher {
  readonly #options: PublisherOptions
  #timer: NodeJS.Timeout | undefined
  #dueAt = Infinity
  #writing: Promise<void> | null = null
  #published = ''
  #failures = 0
  #ended = false
  /** Why the last write failed; null when it did not, and before the first. */
  fault: string | null = null
  /** Whether the status stands in the cluster as it should. */
  isPublished = false

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** The first write. Never rejects: a failure is a state, and is tried again. */
  async start(): Promise<void> {
    await this.#publish()
  }

  /** Something may have changed: what differs is written within 1 s, or 1 s after a write under way, or when a failed one is tried again. */
  changed(): void {
    // Composing also notes and logs what changed, which a write that fails must not delay.
    const content = contentOf(this.#options.compose())
    if (this.#writing || this.fault !== null) return
    if (content !== this.#published) this.#schedule(DEBOUNCE_MS)
  }

  /** No write after this one, which is under way at most. */
  async stop(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    await this.#writing
  }

  #schedule(delayMs: number): void {
    const dueAt = Date.now() + delayMs
    if (this.#ended || dueAt >= this.#dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => void this.#publish(), delayMs)
  }

  async #publish(): Promise<void> {
    clearTimeout(this.#timer)
    this.#dueAt = Infinity
    this.#writing = this.#write()
    await this.#writing
    this.#writing = null
    if (this.fault !== null) {
      this.#schedule(DEBOUNCE_MS + Math.min(RETRY_MAX_MS, backoffMs(this.#failures)))
      return
    }
    this.#schedule(this.#options.intervalSeconds() * 1000)
    // What changed meanwhile, and that writing works again: the status just written still says that it failed.
    this.changed()
  }

  async #write(): Promise<void> {
    const status = this.#options.compose()
    try {
      await this.#options.write(textOf(status))
      this.#published = contentOf(status)
      this.#failures = 0
      this.fault = null
      if (!this.isPublished) this.#options.log.info(`The status is written to the ConfigMap ${STATUS_CONFIG_MAP.name}.`)
    } catch (error) {
      this.#failures += 1
      this.fault = errorText(error)
      if (this.#failures === 1) this.#options.log.error(teaching(status.namespace), { error: this.fault })
    }
    this.isPublished = this.fault === null
    this.#options.onWrite(this.fault)
  }
}

/** The text under the ConfigMap's key. Throws when it were larger than the contract allows, which a cut entitlement prevents. */
export function textOf(status: OperatorStatus): string {
  const text = JSON.stringify(status, null, 2)
  if (Buffer.byteLength(text) > STATUS_CONFIG_MAP.maxBytes) throw new Error('The status is larger than 32 KiB.')
  return text
}

/** What a change is measured by: times that always move are none. */
function contentOf(status: OperatorStatus): string {
  return JSON.stringify({ ...status, lastUpdate: '', lastHeartbeat: '' })
}

function teaching(namespace: string): string {
  return `The ConfigMap ${STATUS_CONFIG_MAP.name} cannot be written in ${namespace}. Give the operator's Role create, get and patch on it; the operator keeps trying.`
}
