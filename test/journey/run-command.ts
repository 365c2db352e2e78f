import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/**
 * Runs a copied command in bash, as somebody would who pastes it and then answers its question with `answer`. Throws with
 * everything that it printed when it fails.
 */
export async function runCommand(
  command: string,
  options: { env: Record<string, string>; answer: string },
): Promise<string> {
  const shell = spawn('bash', ['-c', command], { env: { ...process.env, ...options.env }, stdio: 'pipe' })
  shell.stdin.on('error', () => undefined).end(`${options.answer}\n`)
  const [stdout, stderr, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'exit')])
  if (code !== 0) throw new Error(`The command ended with code ${String(code)}:\n${command}\n${stdout}${stderr}`)
  return stdout + stderr
}
