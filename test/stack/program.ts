import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY_TIMEOUT_MS = 60_000

export type ProgramOptions = {
  /** A composition root, such as `server/api.ts`. */
  file: string
  env: Record<string, string>
  /** Answers 200 once the program is ready. */
  readyUrl: string
}

/** One of the product's programs as a real process, which tests may kill and start again. */
export class Program {
  readonly #options: ProgramOptions
  #child: ChildProcess | undefined
  #output = ''

  constructor(options: ProgramOptions) {
    this.#options = options
  }

  /** Everything that it wrote to stdout and stderr since the first start. */
  get output(): string {
    return this.#output
  }

  /** Starts it and waits until it is ready; throws with its output when it ends before that. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [this.#options.file], {
      cwd: ROOT,
      env: { ...inherited(), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...this.#options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.#output += text))
    }
    const deadline = Date.now() + READY_TIMEOUT_MS
    while (!(await this.isReady())) {
      const ended = child.exitCode !== null || child.signalCode !== null
      if (ended || Date.now() > deadline) {
        await this.kill('SIGKILL')
        throw new Error(`${this.#options.file} did not become ready:\n${this.#output.slice(-4000)}`)
      }
      await delay(50)
    }
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(this.#options.readyUrl, { signal: AbortSignal.timeout(2_000) })).status === 200
    } catch {
      return false
    }
  }

  /** Ends it by a signal and waits for its end. */
  async kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

/** Nothing of this test's own environment but what any program needs. */
function inherited(): Record<string, string> {
  return Object.fromEntries(['PATH', 'HOME'].map((name) => [name, process.env[name] ?? '']))
}
