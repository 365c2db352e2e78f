import { createWriteStream, mkdirSync } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface LogLine {
  /** RFC 3339. */
  time: string
  text: string
  /** How often the container had been restarted when the line came. */
  restart: number
}

/** The output of one container over all its restarts, in a file, and as events for those who follow. */
export class ContainerLog extends EventEmitter<{ line: [LogLine]; end: [] }> {
  readonly path: string
  readonly #file: WriteStream
  restart = 0

  constructor(path: string) {
    super()
    this.setMaxListeners(0)
    mkdirSync(dirname(path), { recursive: true })
    this.path = path
    this.#file = createWriteStream(path, { flags: 'a' })
  }

  /** Adds one line, given without its end. */
  append(text: string): void {
    const line = { time: new Date().toISOString(), text, restart: this.restart }
    this.#file.write(`${line.time} ${line.restart} ${text}\n`)
    this.emit('line', line)
  }

  /** What follows belongs to the run after so many restarts. */
  beginRun(restart: number): void {
    this.restart = restart
  }

  /** Nothing follows any more. */
  close(): void {
    this.#file.end()
    this.emit('end')
  }

  async read(): Promise<LogLine[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '')
    return text.split('\n').filter(Boolean).map(parseLine)
  }
}

/** Reads a line as `ContainerLog` writes it. */
export function parseLine(line: string): LogLine {
  const [time = '', restart = '0'] = line.split(' ', 2)
  return { time, restart: Number(restart), text: line.slice(time.length + restart.length + 2) }
}
