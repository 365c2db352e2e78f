import { sortableTime, splitLine } from './log-line.ts'

/**
 * Knows which lines came already. A log that is read again begins at a whole second, so that lines of this second come twice; lines of
 * the very same time are told apart by how often they came.
 */
export class SeenLines {
  #time = ''
  #raw = ''
  #counts = new Map<string, number>()
  #repeats = new Map<string, number>()

  /** When the last line came, as the API server takes it for `sinceTime`; null before one did. */
  get since(): string | null {
    return this.#raw === '' ? null : this.#raw
  }

  /** The log is read anew, from `since`. */
  beginAgain(): void {
    this.#repeats = new Map(this.#counts)
  }

  /** False for a line that came before. */
  isNew(line: string): boolean {
    const { time } = splitLine(line)
    if (time === '') return true
    const sortable = sortableTime(time)
    if (sortable < this.#time) return this.#repeats.size === 0
    if (sortable > this.#time) {
      this.#time = sortable
      this.#raw = time
      this.#counts = new Map()
      this.#repeats = new Map()
    }
    const repeats = this.#repeats.get(line) ?? 0
    if (repeats > 0) {
      this.#repeats.set(line, repeats - 1)
      return false
    }
    this.#counts.set(line, (this.#counts.get(line) ?? 0) + 1)
    return true
  }
}
