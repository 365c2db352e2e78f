import { MAX_LINES } from './protocol.ts'
import type { LogEntry } from './protocol.ts'

/** Long lines count: 16 MiB of text at most, however few lines that is. */
const MAX_CHARACTERS = 16 * 1024 * 1024

interface Limits {
  maxLines: number
  maxCharacters: number
}

/** The newest entries of a log. Each has a number; who reads remembers the number up to which it has read. */
export class LogBuffer {
  readonly #limits: Limits
  #entries: LogEntry[] = []
  /** Where the kept ones begin: what is before waits to be cut off in one go. */
  #head = 0
  /** The number of the entry at `#head`. */
  #first = 0
  #characters = 0

  constructor(limits: Limits = { maxLines: MAX_LINES, maxCharacters: MAX_CHARACTERS }) {
    this.#limits = limits
  }

  get length(): number {
    return this.#entries.length - this.#head
  }

  /** The number that the next entry gets. */
  get end(): number {
    return this.#first + this.length
  }

  push(entry: LogEntry): void {
    this.#entries.push(entry)
    this.#characters += sizeOf(entry)
    const { maxLines, maxCharacters } = this.#limits
    while (this.length > maxLines || (this.#characters > maxCharacters && this.length > 1)) this.#drop()
    // Cutting at each line would move the whole array each time.
    if (this.#head > maxLines) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
    }
  }

  /** What came since, and how much of that is gone already. */
  since(number: number): { entries: LogEntry[]; skipped: number; end: number } {
    const from = Math.max(number, this.#first)
    return {
      entries: this.#entries.slice(this.#head + from - this.#first),
      skipped: from - number,
      end: this.end,
    }
  }

  all(): LogEntry[] {
    return this.#entries.slice(this.#head)
  }

  #drop(): void {
    const entry = this.#entries[this.#head]
    if (entry !== undefined) this.#characters -= sizeOf(entry)
    // Sets the text free at once.
    this.#entries[this.#head] = ''
    this.#head += 1
    this.#first += 1
  }
}

function sizeOf(entry: LogEntry): number {
  return typeof entry === 'string' ? entry.length : entry.mark.length
}
