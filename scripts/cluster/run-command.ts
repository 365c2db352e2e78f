import { spawn } from 'node:child_process'

/** A command that ended with another exit code than 0. Its stderr is part of the message. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string

  constructor(command: string, result: { exitCode: number; stdout: string; stderr: string }) {
    super(`${command} ended with ${result.exitCode}: ${result.stderr.trim()}`)
    this.exitCode = result.exitCode
    this.stdout = result.stdout
    this.stderr = result.stderr
  }
}

export interface CommandOptions {
  env?: Record<string, string>
  stdin?: string
  timeoutMs?: number
}

/** Runs a command and resolves to its stdout. Rejects with a CommandError when it fails. */
export function runCommand(path: string, args: string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      env: { ...process.env, ...options.env },
      timeout: options.timeoutMs,
      stdio: 'pipe',
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(stdout)
      else reject(new CommandError(`${path} ${args.join(' ')}`, { exitCode: code ?? -1, stdout, stderr }))
    })
    // A command that ends without reading closes the pipe first.
    child.stdin.on('error', () => undefined).end(options.stdin ?? '')
  })
}
