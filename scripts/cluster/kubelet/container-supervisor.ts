import type { V1Container } from '@kubernetes/client-node'
import { setTimeout as delay } from 'node:timers/promises'
import { watchHealth } from './container-health.ts'
import type { ContainerLog } from './container-log.ts'
import type { ContainerProcess } from './container-process.ts'
import type { ContainerState, ContainerStatus } from './pod-status.ts'

const CONFIG_RETRY_MS = 500

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

export interface SupervisedContainer {
  container: V1Container
  podAddress: string
  restartPolicy: RestartPolicy
  /** Waits before the first, second, … restart; the last one repeats. */
  crashBackoffMs: number[]
  log: ContainerLog
  /** Rejects while something that the container needs is missing. */
  launch: () => Promise<ContainerProcess>
  onChange: () => void
  onEvent: (type: 'Normal' | 'Warning', reason: string, message: string) => void
}

/** Keeps one container running as its restart policy and probes say. */
export class ContainerSupervisor {
  readonly status: ContainerStatus
  readonly #input: SupervisedContainer
  readonly #stopping = new AbortController()
  #process: ContainerProcess | null = null

  constructor(input: SupervisedContainer) {
    this.#input = input
    this.status = {
      name: input.container.name,
      image: input.container.image ?? '',
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
      ready: false,
      started: false,
      restartCount: 0,
    }
  }

  get process(): ContainerProcess | null {
    return this.#process
  }

  /** Resolves once the container has ended for good. */
  async run(): Promise<void> {
    for (;;) {
      const process = await this.#start()
      if (!process) return
      const exitCode = await this.#observe(process)
      if (this.#isOver(exitCode)) return
      await this.#waitBeforeRestart()
      if (this.#stopping.signal.aborted) return
      this.status.restartCount++
    }
  }

  /** Asks the process to end, and ends it when the grace is over. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort()
    if (this.#process) await endProcess(this.#process, graceMs)
  }

  async #start(): Promise<ContainerProcess | null> {
    while (!this.#stopping.signal.aborted) {
      try {
        this.#input.log.beginRun(this.status.restartCount)
        const process = await this.#input.launch()
        this.#process = process
        this.#become({ running: { startedAt: now() } })
        if (this.#stopping.signal.aborted) process.signal('SIGKILL')
        return process
      } catch (error) {
        this.#become({ waiting: { reason: waitingReason(error as Error), message: (error as Error).message } })
        await delay(CONFIG_RETRY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
    return null
  }

  async #observe(process: ContainerProcess): Promise<number> {
    const startedAt = now()
    const ended = new AbortController()
    const { container, podAddress } = this.#input
    this.#input.onEvent('Normal', 'Started', `Started container ${container.name}`)
    void watchHealth({ container, podAddress, process }, this.#healthObserver(process), ended.signal)
    const exitCode = await process.exited
    ended.abort()
    this.#process = null
    Object.assign(this.status, { ready: false, started: false })
    const reason = exitCode === 0 ? 'Completed' : 'Error'
    this.#become({ terminated: { exitCode, reason, startedAt, finishedAt: now() } })
    return exitCode
  }

  #healthObserver(process: ContainerProcess) {
    const { container, onChange, onEvent } = this.#input
    return {
      onStarted: () => {
        this.status.started = true
        onChange()
      },
      onReady: (ready: boolean, problem: string | null) => {
        this.status.ready = ready
        onChange()
        if (problem) onEvent('Warning', 'Unhealthy', `Readiness probe failed: ${problem}`)
      },
      onUnhealthy: (problem: string) => {
        onEvent('Warning', 'Unhealthy', problem)
        onEvent('Normal', 'Killing', `Container ${container.name} failed its probe, will be restarted`)
        void endProcess(process, 30_000)
      },
    }
  }

  #isOver(exitCode: number): boolean {
    const { restartPolicy } = this.#input
    const restarts = restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)
    return !restarts || this.#stopping.signal.aborted
  }

  async #waitBeforeRestart(): Promise<void> {
    const { crashBackoffMs, container, onEvent } = this.#input
    const waitMs = crashBackoffMs[Math.min(this.status.restartCount, crashBackoffMs.length - 1)] ?? 0
    this.status.lastState = this.status.state
    if (waitMs === 0) return
    const message = `back-off ${waitMs} ms restarting failed container ${container.name}`
    onEvent('Warning', 'BackOff', message)
    this.#become({ waiting: { reason: 'CrashLoopBackOff', message } })
    await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }

  #become(state: ContainerState): void {
    this.status.state = state
    this.#input.onChange()
  }
}

async function endProcess(process: ContainerProcess, graceMs: number): Promise<void> {
  process.signal('SIGTERM')
  const grace = new AbortController()
  const force = delay(graceMs, undefined, { signal: grace.signal }).then(
    () => process.signal('SIGKILL'),
    () => undefined,
  )
  await process.exited
  grace.abort()
  await force
}

/** An error names its own reason when the kubelet has a word for it. */
function waitingReason(error: Error): string {
  return error.name === 'Error' ? 'CreateContainerConfigError' : error.name
}

function now(): string {
  return new Date().toISOString()
}
