import type { LogBuffer } from './log-buffer.ts'
import type { ToLogs } from './protocol.ts'

/** At most ten batches a second. */
const BATCH_MS = 100
/** While paused, the page hears how much waits. */
const BEHIND_MS = 500

/**
 * Hands the buffer to the page in batches. The next one waits until the page has the last one, so that a page that is slow, paused or
 * hidden is never buried: what it missed meanwhile is in the buffer, or is counted as skipped.
 */
export class LogFeed {
  readonly #post: (message: ToLogs) => void
  #buffer: LogBuffer | null = null
  /** The number of the next entry that the page has to get. */
  #next = 0
  #batch = 0
  #isNew = true
  #awaited: number | null = null
  #visible = true
  #paused = false
  #timer: NodeJS.Timeout | undefined
  #lastAt = 0

  constructor(post: (message: ToLogs) => void) {
    this.#post = post
  }

  /** The page begins anew with this buffer. */
  show(buffer: LogBuffer): void {
    this.#buffer = buffer
    this.#next = 0
    this.#isNew = true
    this.#awaited = null
    this.#paused = false
    // Whoever says ready is to be seen.
    this.#visible = true
    this.#flush()
  }

  /** There is something new in the buffer. */
  wake(): void {
    if (this.#timer !== undefined || this.#awaited !== null || !this.#visible) return
    const wait = this.#paused ? BEHIND_MS : BATCH_MS
    this.#timer = setTimeout(() => this.#flush(), Math.max(0, this.#lastAt + wait - Date.now()))
  }

  /** The page has the batch. */
  got(batch: number): void {
    if (batch !== this.#awaited) return
    this.#awaited = null
    if (this.#buffer && this.#buffer.end > this.#next) this.wake()
  }

  setPaused(paused: boolean): void {
    this.#paused = paused
    if (!paused) this.wake()
  }

  /** A hidden page is thrown away: it says ready when it is drawn again. */
  setVisible(visible: boolean): void {
    this.#visible = visible
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#buffer = null
    this.#visible = false
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#buffer || !this.#visible) return
    this.#lastAt = Date.now()
    if (this.#paused) {
      this.#post({ v: 1, type: 'behind', count: this.#buffer.end - this.#next })
      return
    }
    const { entries, skipped, end } = this.#buffer.since(this.#next)
    if (entries.length === 0 && !this.#isNew) return
    this.#next = end
    this.#batch += 1
    this.#awaited = this.#batch
    this.#post({
      v: 1,
      type: 'lines',
      batch: this.#batch,
      isNew: this.#isNew,
      skipped: this.#isNew ? 0 : skipped,
      entries,
    })
    this.#isNew = false
  }
}
