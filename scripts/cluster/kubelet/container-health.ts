import type { V1Probe } from '@kubernetes/client-node'
import { setTimeout as delay } from 'node:timers/promises'
import { checkProbe } from './check-probe.ts'
import type { ProbeTarget } from './check-probe.ts'

export interface HealthObserver {
  onStarted: () => void
  onReady: (ready: boolean, problem: string | null) => void
  /** The container is to be killed and started anew. */
  onUnhealthy: (problem: string) => void
}

interface ProbeVerdict {
  healthy: boolean
  problem: string | null
}

/** Runs a container's probes as their thresholds say, until the signal aborts. */
export async function watchHealth(target: ProbeTarget, observer: HealthObserver, signal: AbortSignal): Promise<void> {
  const { startupProbe, livenessProbe, readinessProbe } = target.container
  if (startupProbe) {
    for await (const { healthy, problem } of verdicts(startupProbe, target, signal)) {
      if (healthy) break
      return observer.onUnhealthy(`Startup probe failed: ${problem}`)
    }
  }
  if (signal.aborted) return
  observer.onStarted()
  await Promise.all([
    watchReadiness(readinessProbe, target, observer, signal),
    watchLiveness(livenessProbe, target, observer, signal),
  ])
}

async function watchReadiness(
  probe: V1Probe | undefined,
  target: ProbeTarget,
  observer: HealthObserver,
  signal: AbortSignal,
): Promise<void> {
  if (!probe) return observer.onReady(true, null)
  for await (const { healthy, problem } of verdicts(probe, target, signal)) observer.onReady(healthy, problem)
}

async function watchLiveness(
  probe: V1Probe | undefined,
  target: ProbeTarget,
  observer: HealthObserver,
  signal: AbortSignal,
): Promise<void> {
  if (!probe) return
  for await (const { healthy, problem } of verdicts(probe, target, signal)) {
    if (!healthy) return observer.onUnhealthy(`Liveness probe failed: ${problem}`)
  }
}

/** A verdict each time that a threshold is reached anew. */
async function* verdicts(probe: V1Probe, target: ProbeTarget, signal: AbortSignal): AsyncGenerator<ProbeVerdict> {
  const needed = { good: probe.successThreshold ?? 1, bad: probe.failureThreshold ?? 3 }
  let inRow = { good: 0, bad: 0 }
  let given: boolean | null = null
  let waitMs = (probe.initialDelaySeconds ?? 0) * 1000
  while (await elapsed(waitMs, signal)) {
    waitMs = (probe.periodSeconds ?? 10) * 1000
    const problem = await checkProbe(probe, target)
    if (signal.aborted) return
    inRow = problem === null ? { good: inRow.good + 1, bad: 0 } : { good: 0, bad: inRow.bad + 1 }
    const healthy = problem === null
    const reached = healthy ? inRow.good >= needed.good : inRow.bad >= needed.bad
    if (!reached || given === healthy) continue
    given = healthy
    yield { healthy, problem }
  }
}

async function elapsed(waitMs: number, signal: AbortSignal): Promise<boolean> {
  await delay(waitMs, undefined, { signal }).catch(() => undefined)
  return !signal.aborted
}
