import { z } from 'zod'
import type { KubeApi } from '../kube/kube-api.ts'
import { KubeError } from '../kube/kube-error.ts'
import type { OperatorPod } from './install-progress.ts'

const containerSchema = z.object({
  ready: z.boolean(),
  state: z.object({ waiting: z.object({ reason: z.string().nullish() }).nullish() }).nullish(),
})
const conditionSchema = z.object({ type: z.string(), status: z.string(), reason: z.string().nullish() })
const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ creationTimestamp: z.string().nullish(), deletionTimestamp: z.string().nullish() }),
      status: z.object({
        phase: z.string().nullish(),
        conditions: z.array(conditionSchema).nullish(),
        containerStatuses: z.array(containerSchema).nullish(),
      }),
    }),
  ),
})
type Pod = z.infer<typeof podsSchema>['items'][number]

/** Reasons that every start passes through. */
const ORDINARY = new Set(['ContainerCreating', 'PodInitializing'])

/** The operator's newest pod; null when there is none, or none may be seen. */
export async function readOperatorPod(
  api: KubeApi,
  namespace: string,
  signal: AbortSignal,
): Promise<OperatorPod | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`
  const query = { labelSelector: 'app.kubernetes.io/name=kube9-operator', limit: 10 }
  try {
    const { items } = await api.call(path, podsSchema, { query, signal })
    const newest = items
      .filter(({ metadata }) => !metadata.deletionTimestamp)
      .toSorted((one, other) => createdAt(other).localeCompare(createdAt(one)))[0]
    return newest ? describe(newest) : null
  } catch (error) {
    if (error instanceof KubeError) return null
    throw error
  }
}

function createdAt({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? ''
}

function describe({ status }: Pod): OperatorPod {
  const containers = status.containerStatuses ?? []
  const waiting = containers
    .map(({ state }) => state?.waiting?.reason)
    .find((reason) => reason && !ORDINARY.has(reason))
  const unscheduled = status.conditions?.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
  return {
    ready: containers.length > 0 && containers.every(({ ready }) => ready),
    reason: waiting ?? unscheduled?.reason ?? null,
  }
}
