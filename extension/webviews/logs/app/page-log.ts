import { splitLine } from '../log-line.ts'
import { MAX_LINES } from '../protocol.ts'
import type { LogEntry, LogMark } from '../protocol.ts'

/** A row of the list. Its number never changes, also when rows before it go. */
export type Row = { number: number } & ({ mark: LogMark } | { time: string; text: string })

export interface LogView {
  rows: readonly Row[]
  /** Lines in all, those that the filter hides included. */
  lines: number
  /** Lines that are gone: the list keeps the newest. */
  gone: number
}

/** The lines that the page keeps, and those of them that the filter lets through. For React's `useSyncExternalStore`. */
export class PageLog {
  readonly #listeners = new Set<() => void>()
  #all: Row[] = []
  #number = 0
  #gone = 0
  #filter = ''
  #view: LogView = { rows: [], lines: 0, gone: 0 }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly read = (): LogView => this.#view

  add(batch: { isNew: boolean; skipped: number; entries: LogEntry[] }): void {
    if (batch.isNew) this.#all = []
    if (batch.isNew) this.#gone = 0
    const fresh: Row[] = []
    if (batch.skipped > 0) fresh.push(this.#mark(skippedWords(batch.skipped)))
    for (const entry of batch.entries) fresh.push(typeof entry === 'string' ? this.#line(entry) : this.#mark(entry))
    const all = [...this.#all, ...fresh]
    const over = Math.max(0, all.length - MAX_LINES)
    this.#all = over > 0 ? all.slice(over) : all
    this.#gone += over + batch.skipped
    const first = this.#all[0]?.number ?? 0
    const kept = batch.isNew ? [] : this.#view.rows.filter(({ number }) => number >= first)
    const shown = fresh.filter((row) => row.number >= first && this.#passes(row))
    this.#show([...kept, ...shown])
  }

  filter(text: string): void {
    this.#filter = text.toLowerCase()
    this.#show(this.#all.filter((row) => this.#passes(row)))
  }

  #passes(row: Row): boolean {
    return 'mark' in row || this.#filter === '' || row.text.toLowerCase().includes(this.#filter)
  }

  #line(entry: string): Row {
    return { number: this.#number++, ...splitLine(entry) }
  }

  #mark(mark: LogMark): Row {
    return { number: this.#number++, mark }
  }

  #show(rows: Row[]): void {
    this.#view = { rows, lines: this.#all.length, gone: this.#gone }
    for (const listener of this.#listeners) listener()
  }
}

function skippedWords(count: number): LogMark {
  const words = count === 1 ? '1 line is' : `${count.toLocaleString('en')} lines are`
  return { mark: `${words} not shown: they came faster than they can be read.`, tone: 'warning' }
}
