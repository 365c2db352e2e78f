import { z } from 'zod'
import { podPhases, podTroubles } from '#contract/collection-payloads.ts'
import type { PodTrouble } from '#contract/collection-payloads.ts'

/** A pod that begins is not ready yet, which is no trouble. */
const YOUNG_MS = 60_000

/** Why a container waits in the ordinary course of things. */
const STARTING = ['ContainerCreating', 'PodInitializing']

const containerStatusSchema = z.object({
  restartCount: z.int().nonnegative().optional(),
  state: z
    .object({
      waiting: z.object({ reason: z.string().optional() }).optional(),
      terminated: z.object({ reason: z.string().optional(), exitCode: z.int().optional() }).optional(),
    })
    .optional(),
})

export const podStatusSchema = z.object({
  phase: z.string().optional(),
  reason: z.string().optional(),
  conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: z.string().optional() })).optional(),
  containerStatuses: z.array(containerStatusSchema).optional(),
  initContainerStatuses: z.array(containerStatusSchema).optional(),
})
export type PodStatus = z.infer<typeof podStatusSchema>
export type PodPhase = (typeof podPhases)[number]

export function phaseOf({ phase = '' }: PodStatus): PodPhase {
  return podPhases.find((known) => known === phase.toLowerCase()) ?? 'unknown'
}

export function restartsOf(status: PodStatus): number {
  return containersOf(status).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0)
}

/** Why the pod is not well, in Kubernetes' own words; `Other` for any other text, and null when it is well, begins or ends. */
export function troubleOf(status: PodStatus, life: { ageMs: number; isEnding: boolean }): PodTrouble | null {
  // What ends is killed and exits with 137 or 143, as in each rollout.
  if (life.isEnding) return null
  const phase = phaseOf(status)
  if (phase === 'succeeded') return null
  if (phase === 'failed') return known(status.reason) ?? known(endingOf(status)) ?? 'Other'
  if (isUnschedulable(status)) return 'Unschedulable'
  const reason = waitingOf(status) ?? endingOf(status)
  if (reason !== undefined) return known(reason) ?? 'Other'
  const isReady = status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')
  return isReady || life.ageMs < YOUNG_MS ? null : 'NotReady'
}

function isUnschedulable({ conditions }: PodStatus): boolean {
  return (conditions ?? []).some(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  )
}

/** What a container waits for that does not come by itself. */
function waitingOf(status: PodStatus): string | undefined {
  const waiting = containersOf(status).flatMap(({ state }) => (state?.waiting ? [state.waiting.reason ?? ''] : []))
  return waiting.find((reason) => reason !== '' && !STARTING.includes(reason))
}

/** Why a container ended that should not have. */
function endingOf(status: PodStatus): string | undefined {
  const ended = containersOf(status).flatMap(({ state }) => (state?.terminated ? [state.terminated] : []))
  const failed = ended.find(({ exitCode }) => exitCode !== 0)
  return failed ? (failed.reason ?? '') : undefined
}

function containersOf({ containerStatuses = [], initContainerStatuses = [] }: PodStatus) {
  return [...initContainerStatuses, ...containerStatuses]
}

function known(reason: string | undefined): PodTrouble | undefined {
  return podTroubles.find((trouble) => trouble === reason)
}
