import { execFile } from 'node:child_process'

/** Runs one of the system's own tools to its end. Rejects with what it said when it fails. */
export function runTool(command: string, args: string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}: ${stderr.trim() || error.message}`))
      else resolve(stdout)
    })
    // A tool that reads nothing may be gone before.
    child.stdin?.on('error', () => undefined).end(input ?? '')
  })
}
