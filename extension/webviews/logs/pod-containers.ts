import { z } from 'zod'
import { containerStatusSchema, stateCell } from '../describe/kinds/containers.ts'
import type { ContainerStatus } from '../describe/kinds/containers.ts'
import type { LogContainer } from './protocol.ts'

const named = z.array(z.object({ name: z.string(), restartPolicy: z.string().optional() })).default([])
const statuses = z.array(containerStatusSchema).default([])

const podSchema = z.object({
  spec: z.object({
    restartPolicy: z.string().default('Always'),
    containers: named,
    initContainers: named,
    ephemeralContainers: named,
  }),
  status: z
    .object({
      phase: z.string().default('Unknown'),
      containerStatuses: statuses,
      initContainerStatuses: statuses,
      ephemeralContainerStatuses: statuses,
    })
    .prefault({}),
})
export type LoggedPod = z.infer<typeof podSchema>

/** Null for what is no pod. */
export function loggedPod(object: unknown): LoggedPod | null {
  return podSchema.safeParse(object).data ?? null
}

/** The containers of a pod, those that one looks for first. */
export function podContainers({ spec, status }: LoggedPod): LogContainer[] {
  const describe = (of: LoggedPod['spec']['containers'], list: ContainerStatus[], role: LogContainer['role']) =>
    of.map(({ name, restartPolicy }): LogContainer => {
      const found = list.find((container) => container.name === name)
      const { text, tone = 'quiet' } = stateCell(found)
      const isSidecar = role === 'init' && restartPolicy === 'Always'
      return { name, role: isSidecar ? 'sidecar' : role, state: text, tone, restarts: found?.restartCount ?? 0 }
    })
  return [
    ...describe(spec.containers, status.containerStatuses, 'main'),
    ...describe(spec.initContainers, status.initContainerStatuses, 'init'),
    ...describe(spec.ephemeralContainers, status.ephemeralContainerStatuses, 'ephemeral'),
  ]
}

export interface ContainerOutlook {
  restarts: number
  /** Its exit code once nothing more will come of it; null while something may. */
  endedWith: number | null
}

/** Whether more is to come from a container. */
export function outlook(pod: LoggedPod, container: string): ContainerOutlook {
  const { spec, status } = pod
  const list = [...status.containerStatuses, ...status.initContainerStatuses, ...status.ephemeralContainerStatuses]
  const found = list.find(({ name }) => name === container)
  const restarts = found?.restartCount ?? 0
  const terminated = found?.state.terminated
  if (!terminated) return { restarts, endedWith: null }
  const isOver = status.phase === 'Succeeded' || status.phase === 'Failed'
  return {
    restarts,
    endedWith: isOver || !restartsAgain(spec, container, terminated.exitCode) ? terminated.exitCode : null,
  }
}

function restartsAgain(spec: LoggedPod['spec'], container: string, exitCode: number): boolean {
  if (spec.ephemeralContainers.some(({ name }) => name === container)) return false
  const init = spec.initContainers.find(({ name }) => name === container)
  if (init?.restartPolicy === 'Always') return true
  if (init && exitCode === 0) return false
  if (spec.restartPolicy === 'Always') return true
  return spec.restartPolicy === 'OnFailure' && exitCode !== 0
}
