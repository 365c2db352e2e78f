import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { ExecResult } from '../sandbox/protocol.ts'
import type { Environment } from './container-environment.ts'
import type { ContainerLog } from './container-log.ts'
import { containerScript } from './container-script.ts'
import type { ContainerScript } from './container-script.ts'

/** unshare's own last word on a process that a signal ended, by its version. It is no line of the container. */
const LAUNCHER_LINE = /^unshare: (?:child exit|sigprocmask unblock) failed/

const KILLED = 128
const SIGKILL_NUMBER = 9
const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: SIGKILL_NUMBER, SIGTERM: 15 }

/** A container that runs, as processes in namespaces of its own. */
export interface ContainerProcess {
  /** Of its first process, as the sandbox sees it. */
  pid: number
  /** Resolves to the exit code, 128 + signal for a process that a signal ended. */
  exited: Promise<number>
  signal: (signal: NodeJS.Signals) => void
  /** Runs a command inside, as the container's user and with its environment. */
  exec: (command: string[], timeoutMs: number) => Promise<ExecResult>
}

export interface ContainerLaunch {
  script: ContainerScript
  environment: Environment
  /** Arguments of setpriv that a command inside gets as well. */
  privileges: string[]
  /** The process that holds the pod's network namespace. */
  networkPid: number
  log: ContainerLog
}

/** Starts the container's process. Rejects when its namespaces cannot be made. */
export async function startContainer(launch: ContainerLaunch): Promise<ContainerProcess> {
  const { script, environment, networkPid, log } = launch
  await mkdir(script.root, { recursive: true })
  const namespaces = ['--mount', '--pid', '--uts', '--ipc', '--fork', '--kill-child', '--propagation', 'private']
  const shell = ['/bin/sh', '-c', containerScript(script)]
  const args = [`--net=/proc/${networkPid}/ns/net`, '/usr/bin/unshare', ...namespaces, ...shell]
  const child = spawn('/usr/bin/nsenter', args, {
    env: asProcessEnv(environment),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const launcher = recordOutput(child, log)
  let lastSignal: NodeJS.Signals = 'SIGKILL'
  const exited = exitCodeOf(child, () => (launcher.sawSignal ? lastSignal : null))
  const pid = await readPid(child)
  return {
    pid,
    exited,
    signal: (signal) => {
      lastSignal = signal
      sendSignal(pid, signal)
    },
    exec: (command, timeoutMs) => execInside(pid, [...launch.privileges, ...command], { environment, timeoutMs }),
  }
}

/** Writes what the container prints to its log, and notices when unshare says that a signal ended the process. */
function recordOutput(child: ChildProcess, log: ContainerLog): { sawSignal: boolean } {
  const launcher = { sawSignal: false }
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue
    createInterface({ input }).on('line', (line) => {
      if (LAUNCHER_LINE.test(line)) launcher.sawSignal = true
      else log.append(line)
    })
  }
  return launcher
}

function exitCodeOf(child: ChildProcess, endedBy: () => NodeJS.Signals | null): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(KILLED))
    child.once('close', (code, signal) => {
      const cause = signal ?? endedBy()
      resolve(cause ? KILLED + (SIGNAL_NUMBERS[cause] ?? SIGKILL_NUMBER) : (code ?? KILLED))
    })
  })
}

function readPid(child: ChildProcess): Promise<number> {
  const pipe = child.stdio[3] as Readable
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the container ended with ${code} before its process began`)))
    pipe.setEncoding('utf8').once('data', (text: string) => resolve(Number(text.trim())))
  })
}

/** Only what the container asks for: Node's type wants variables of its own beside it. */
function asProcessEnv(environment: Environment): NodeJS.ProcessEnv {
  return environment as NodeJS.ProcessEnv
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended in the meantime.
  }
}

interface ExecOptions {
  environment: Environment
  timeoutMs: number
}

function execInside(pid: number, command: string[], { environment, timeoutMs }: ExecOptions): Promise<ExecResult> {
  const args = [
    '--target',
    String(pid),
    '--mount',
    '--pid',
    '--net',
    '--uts',
    '--ipc',
    '--wd',
    '--root',
    'setpriv',
    ...command,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/nsenter', args, {
      env: asProcessEnv(environment),
      cwd: '/',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ exitCode: code ?? KILLED + SIGKILL_NUMBER, stdout, stderr }))
  })
}
