import { z } from 'zod'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { listPages } from '../kube/list-pages.ts'
import { PAGE_SIZE } from './gather-context.ts'
import { controllerOf, ownerReferencesSchema } from './pod-owner.ts'
import { WorkloadBook } from './workload-book.ts'
import type { WorkloadKind } from './workload-book.ts'

const count = z.int().nonnegative().nullish()

const workloadSchema = z.object({
  metadata: z.object({
    namespace: z.string(),
    name: z.string(),
    creationTimestamp: z.string().nullish(),
    ownerReferences: ownerReferencesSchema,
  }),
  spec: z.object({ replicas: count, completions: count, parallelism: count }).optional(),
  status: z
    .object({
      readyReplicas: count,
      desiredNumberScheduled: count,
      numberReady: count,
      succeeded: count,
      ready: count,
      active: z.unknown().optional(),
    })
    .optional(),
})
type KubernetesWorkload = z.infer<typeof workloadSchema>

type Replicas = { desired: number; ready: number }

/** How each kind says how many it wants and has. A CronJob wants what it runs at this moment. */
const kinds: Record<WorkloadKind, { path: string; replicas(workload: KubernetesWorkload): Replicas }> = {
  deployment: { path: '/apis/apps/v1/deployments', replicas: scaled },
  statefulset: { path: '/apis/apps/v1/statefulsets', replicas: scaled },
  daemonset: {
    path: '/apis/apps/v1/daemonsets',
    replicas: ({ status }) => ({ desired: status?.desiredNumberScheduled ?? 0, ready: status?.numberReady ?? 0 }),
  },
  // Before Jobs, so that a Job's owner is one that is there.
  cronjob: {
    path: '/apis/batch/v1/cronjobs',
    replicas: ({ status }) => {
      const running = Array.isArray(status?.active) ? status.active.length : 0
      return { desired: running, ready: running }
    },
  },
  job: { path: '/apis/batch/v1/jobs', replicas: completed },
}

export interface WorkloadCensus {
  book: WorkloadBook
  counts: Record<WorkloadKind, number>
  /** How many of the book's kinds each namespace has. Jobs of a CronJob count with it. */
  byNamespace: Map<string, number>
}

/** Reads every workload, one kind after the other, a page at a time. Throws a `KubernetesError`. */
export async function readWorkloads(api: KubernetesApi): Promise<WorkloadCensus> {
  const census: WorkloadCensus = {
    book: new WorkloadBook(),
    counts: { deployment: 0, statefulset: 0, daemonset: 0, job: 0, cronjob: 0 },
    byNamespace: new Map(),
  }
  for (const kind of Object.keys(kinds) as WorkloadKind[]) {
    const { count: total, byNamespace } = await readKind(api, kind, census.book)
    census.counts[kind] = total
    for (const [namespace, more] of byNamespace) {
      census.byNamespace.set(namespace, (census.byNamespace.get(namespace) ?? 0) + more)
    }
  }
  return census
}

async function readKind(api: KubernetesApi, kind: WorkloadKind, book: WorkloadBook) {
  const nothing = () => ({ count: 0, byNamespace: new Map<string, number>() })
  let seen = nothing()
  const add = (workload: KubernetesWorkload) => {
    const { namespace, name, creationTimestamp, ownerReferences } = workload.metadata
    seen.count += 1
    const controller = controllerOf(ownerReferences)
    if (kind === 'job' && controller?.kind === 'CronJob') {
      book.addOwnedJob(namespace, name, controller.name)
      return
    }
    seen.byNamespace.set(namespace, (seen.byNamespace.get(namespace) ?? 0) + 1)
    const createdAt = isoOf(creationTimestamp)
    book.add({ kind, namespace, name, ...kinds[kind].replicas(workload), restarts: 0, createdAt })
  }
  await listPages(
    api,
    { path: kinds[kind].path, item: workloadSchema, limit: PAGE_SIZE },
    (workloads) => workloads.forEach(add),
    () => {
      seen = nothing()
      book.forget(kind)
    },
  )
  return seen
}

function scaled({ spec, status }: KubernetesWorkload): Replicas {
  return { desired: spec?.replicas ?? 1, ready: status?.readyReplicas ?? 0 }
}

/** A Job is as it should be once all of it has run or runs. */
function completed({ spec, status }: KubernetesWorkload): Replicas {
  const desired = spec?.completions ?? spec?.parallelism ?? 1
  return { desired, ready: Math.min(desired, (status?.succeeded ?? 0) + (status?.ready ?? 0)) }
}

function isoOf(text: string | null | undefined): string | null {
  const milliseconds = Date.parse(text ?? '')
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString()
}
