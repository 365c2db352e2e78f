import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import type { WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartFailure } from './failure.ts'
import type { ProgramEnvironment } from './program-environment.ts'

export interface ProgramOptions {
  name: string
  /** A composition root, such as `server/api.ts`. */
  file: string
  nodeFlags: string[]
  env: ProgramEnvironment
  readyUrl: string
  logFile: string
  /** Receives what the program logs at level warn and above, once it has been ready. */
  onWarning: (line: string) => void
}

const repository = fileURLToPath(new URL('../..', import.meta.url))
const preload = fileURLToPath(new URL('end-with-parent.ts', import.meta.url))
const READY_TIMEOUT_MS = 60_000
const END_TIMEOUT_MS = 12_000
const WARN_LEVEL = 40

const logLineSchema = z.object({ level: z.number(), msg: z.string().default('') })

/** One of the product's processes, in a process group of its own, so that Ctrl-C reaches it only through us. */
export class Program {
  readonly name: string
  readonly #options: ProgramOptions
  readonly #child: ChildProcess
  #ended = false
  #wasReady = false

  constructor(options: ProgramOptions) {
    this.name = options.name
    this.#options = options
    this.#child = spawn(process.execPath, ['--import', preload, ...options.nodeFlags, options.file], {
      cwd: repository,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child.once('exit', () => (this.#ended = true))
    this.#child.once('error', () => (this.#ended = true))
    this.#keepLog()
  }

  /** Resolves when the program answers that it is ready; throws StartFailure with its last words when it ends before. */
  async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + READY_TIMEOUT_MS
    while (!(await this.#isReady())) {
      if (this.#ended) throw new StartFailure(this.lastWords())
      if (Date.now() > deadline) {
        throw new StartFailure(`The ${this.name} did not become ready within 60 s. Its log is ${this.#options.logFile}`)
      }
      await delay(25)
    }
    this.#wasReady = true
  }

  /** Resolves when the program has ended, for whatever reason. */
  async waitForEnd(): Promise<void> {
    if (!this.#ended) await once(this.#child, 'exit')
  }

  /** Asks it to end and waits; a program that does not obey within 12 s is ended by force. */
  async stop(): Promise<void> {
    if (this.#ended) return
    const force = setTimeout(() => this.#child.kill('SIGKILL'), END_TIMEOUT_MS)
    this.#child.kill('SIGTERM')
    await this.waitForEnd()
    clearTimeout(force)
  }

  /** One line about a program that ended by itself: what it said last. */
  lastWords(): string {
    const lines = readFileSync(this.#options.logFile, 'utf8').trimEnd().split('\n')
    const last = lines.findLast((line) => line.trim() !== '' && !/^\s+at |^Node\.js v/.test(line)) ?? ''
    const { logFile } = this.#options
    return `The ${this.name} ended by itself: ${messageOf(last) || 'it said nothing'} (log: ${logFile})`
  }

  async #isReady(): Promise<boolean> {
    try {
      const res = await fetch(this.#options.readyUrl, { signal: AbortSignal.timeout(2_000) })
      return res.ok
    } catch {
      return false
    }
  }

  #keepLog(): void {
    const log = createWriteStream(this.#options.logFile, { flags: 'w', mode: 0o600 })
    // A full disk must not take the products down with it: their log is then what is lost.
    log.on('error', () => undefined)
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.#take(line, log))
    }
  }

  #take(line: string, log: WriteStream): void {
    log.write(`${line}\n`)
    const parsed = this.#wasReady ? parseLogLine(line) : undefined
    if (parsed && parsed.level >= WARN_LEVEL) this.#options.onWarning(`${this.name}: ${parsed.msg}`)
  }
}

function parseLogLine(line: string): z.infer<typeof logLineSchema> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return logLineSchema.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function messageOf(line: string): string {
  return parseLogLine(line)?.msg ?? line
}
