import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitFor } from '#test/stack/wait-for.ts'

const PROGRAM = fileURLToPath(new URL('../../../dist/operator/rootfs/usr/local/bin/kube9-operator', import.meta.url))

export interface CommandResult {
  code: number | null
  stdout: string
  stderr: string
}

/** The built operator, as a process of its own. */
export class OperatorProcess {
  readonly #child: ChildProcess
  #stderr = ''

  constructor(environment: Record<string, string>) {
    this.#child = spawn(PROGRAM, ['run'], { env: withNode(environment), stdio: ['ignore', 'ignore', 'pipe'] })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
  }

  /** Everything that it logged. */
  get log(): string {
    return this.#stderr
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The operator could not be started.')
    return this.#child.pid
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Ends it and answers with its exit code, null when the signal took it. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (!this.hasEnded) {
      const exit = once(this.#child, 'exit')
      this.#child.kill(signal)
      await exit
    }
    return this.#child.exitCode
  }

  /** Status and text of one of its own HTTP paths. */
  async http(path: string): Promise<{ status: number; text: string }> {
    const port = await waitFor('the port of the operator', () => /"port":(\d+)/.exec(this.#stderr)?.[1])
    const res = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: res.status, text: await res.text() }
  }
}

/** Runs another command of the operator's program to its end. */
export async function operatorCommand(args: string[], environment: Record<string, string>): Promise<CommandResult> {
  const child = spawn(PROGRAM, args, { env: withNode(environment), stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** The program asks its PATH for `node`, as in its image. */
function withNode(environment: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, ...environment }
}
