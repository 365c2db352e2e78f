import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { waitFor } from '#test/stack/wait-for.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

const READY_TIMEOUT_MS = 180_000

export interface StartOptions {
  /** Where this start keeps its data; also how its processes are found afterwards. */
  dataFolder?: string
  /** `scripts/start.mjs` unless another command of its kind is meant. */
  script?: string
  args?: string[]
  env?: Record<string, string>
  /** A program and its arguments that run `npm start`'s command in their own way. */
  wrapper?: string[]
}

/** `npm start` as a real process. */
export class Start {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''

  constructor(options: StartOptions) {
    const command = [process.execPath, options.script ?? 'scripts/start.mjs', ...(options.args ?? [])]
    const [program = process.execPath, ...args] = options.wrapper ? [...options.wrapper, ...command] : command
    this.child = spawn(program, args, {
      cwd: repository,
      env: { ...cleanEnvironment(), ...(options.dataFolder && { KUBE9_DATA_DIR: options.dataFolder }), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
  }

  /** Ctrl-C, which a terminal sends to the whole group of processes. */
  interrupt(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGINT')
  }

  /** Resolves once it says that it is ready; throws with its last line when it ends before that. */
  untilReady(): Promise<this> {
    return this.untilSaid('kube9 is ready')
  }

  async untilSaid(line: string): Promise<this> {
    const ended = once(this.child, 'close').then(() => {
      throw new Error(`npm start ended early: ${this.stderr}`)
    })
    const ready = waitFor(`the line "${line}"`, () => this.stdout.includes(line), READY_TIMEOUT_MS)
    await Promise.race([ready, ended])
    ended.catch(() => undefined)
    return this
  }

  /** Ends what a failed test left, as gently as Ctrl-C. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    this.interrupt()
    await this.end()
  }

  /** Its exit code, once it has ended and its output is complete. */
  async end(): Promise<number | null> {
    const [code] = (await once(this.child, 'close')) as [number | null]
    return code
  }
}

// The settings of whoever runs the tests must not decide what they find, but parts that were fetched already are found.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, XDG_CACHE_HOME } = process.env
  return { PATH, HOME, ...(XDG_CACHE_HOME && { XDG_CACHE_HOME }), NODE_ENV: 'production' }
}

export interface FoundProcess {
  pid: number
  commandLine: string
}

/** All processes that were given this text, such as a folder, as an argument or in their environment. */
export function processesUsing(text: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => `${read(pid, 'cmdline')}${read(pid, 'environ')}`.includes(text))
    .map((pid) => ({ pid: Number(pid), commandLine: read(pid, 'cmdline').replaceAll('\0', ' ') }))
    .filter(({ commandLine }) => commandLine !== '')
}

function read(pid: string, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}
