import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FromSandbox, SandboxCalls, SandboxOptions, ToSandbox } from './sandbox/protocol.ts'

const MAIN = fileURLToPath(new URL('./sandbox/main.ts', import.meta.url))
const STOP_WITHIN_MS = 10_000

/** The sandbox as its parent sees it. */
export interface Sandbox {
  calls: SandboxCalls
  /** Ends everything inside. Never rejects. */
  stop: () => Promise<void>
}

interface PendingCall {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/**
 * Starts the sandbox and what runs in it. Everything inside ends with this process, however it ends. Rejects with what
 * failed, for example where user namespaces are forbidden.
 */
export async function spawnSandbox(options: SandboxOptions, onLog: (line: string) => void): Promise<Sandbox> {
  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private']
  const identity = options.rootless ? ['--user', '--map-root-user'] : []
  const child = spawn('unshare', [...identity, ...namespaces, process.execPath, MAIN], {
    // In a session of its own, or Ctrl-C in a terminal would reach it before its parent decides.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = collectOutput(child)
  const pending = new Map<number, PendingCall>()
  const ready = answerMessages(child, pending, onLog)
  child.once('exit', () => {
    for (const call of pending.values()) call.reject(new Error(`the cluster's sandbox has ended: ${output()}`))
  })
  const gone = once(child, 'exit').then(() => {
    throw new Error(
      `The cluster's sandbox could not be started. Linux with user namespaces is needed, or root.\n${output()}`,
    )
  })
  gone.catch(() => undefined)
  const stop = () => stopSandbox(child)
  send(child, { type: 'start', options })
  try {
    await Promise.race([ready, gone])
  } catch (error) {
    await stop()
    throw error
  }
  return { calls: callsOf(child, pending), stop }
}

function answerMessages(child: ChildProcess, pending: Map<number, PendingCall>, onLog: (line: string) => void) {
  return new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.on('message', (message: FromSandbox) => {
      if (message.type === 'ready') resolve()
      else if (message.type === 'failed') reject(new Error(message.message))
      else if (message.type === 'log') onLog(message.line)
      else settle(pending, message)
    })
  })
}

function settle(pending: Map<number, PendingCall>, message: Extract<FromSandbox, { id: number }>): void {
  const call = pending.get(message.id)
  pending.delete(message.id)
  if (message.type === 'result') call?.resolve(message.value)
  else call?.reject(new Error(message.message))
}

function callsOf(child: ChildProcess, pending: Map<number, PendingCall>): SandboxCalls {
  let lastId = 0
  const call = (method: keyof SandboxCalls) => (input: unknown) =>
    new Promise<never>((resolve, reject) => {
      if (!child.connected) return reject(new Error('the cluster has been stopped'))
      lastId += 1
      pending.set(lastId, { resolve: resolve as (value: unknown) => void, reject })
      send(child, { type: 'call', id: lastId, method, input })
    })
  return {
    podTraffic: call('podTraffic'),
    signalContainer: call('signalContainer'),
    exec: call('exec'),
    residentBytes: call('residentBytes'),
  }
}

async function stopSandbox(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  send(child, { type: 'stop' })
  // The death of unshare takes everything inside with it.
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await exited
  clearTimeout(force)
}

function send(child: ChildProcess, message: ToSandbox): void {
  if (child.connected) child.send(message, () => undefined)
}

/** The last part of what the sandbox itself printed, which is little unless it fails. */
function collectOutput(child: ChildProcess): () => string {
  let text = ''
  const collect = (chunk: string) => (text = (text + chunk).slice(-4_000))
  child.stdout?.setEncoding('utf8').on('data', collect)
  child.stderr?.setEncoding('utf8').on('data', collect)
  return () => text.trim()
}
