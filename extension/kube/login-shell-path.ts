import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'

const TIMEOUT_MS = 5_000
const MARK = '__kube9_path__'

let asked: Promise<string | undefined> | null = null

/** PATH as the person's terminal has it; asked once, when the first credential plugin needs it. Undefined where none is to be had. */
export function loginShellPath(): Promise<string | undefined> {
  return (asked ??= askLoginShell())
}

async function askLoginShell(): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined
  const shell = process.env['SHELL'] || userInfo().shell || '/bin/sh'
  // `env`, since a shell like fish holds PATH as a list; the mark, since profiles print greetings.
  const args = ['-l', '-i', '-c', `printf ${MARK}; env; printf ${MARK}`]
  return new Promise((resolve) => {
    const child = execFile(shell, args, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' }, (_error, stdout) =>
      resolve(pathIn(stdout)),
    )
    child.stdin?.end()
  })
}

function pathIn(stdout: string): string | undefined {
  const [, between] = stdout.split(MARK)
  return /^PATH=(.+)$/m.exec(between ?? '')?.[1]
}
