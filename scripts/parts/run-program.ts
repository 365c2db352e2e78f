import { spawn } from 'node:child_process'

export interface ProgramOptions {
  cwd?: string
  env?: Record<string, string>
  timeoutMs?: number
}

/** Runs a program to its end and resolves to its stdout. Rejects with the last lines of its stderr when it fails. */
export function runProgram(command: string, args: string[], options: ProgramOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      timeout: options.timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${signal ?? code}: ${lastLines(stderr || stdout)}`))
    })
  })
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join('\n')
}
