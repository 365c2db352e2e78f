import { z } from 'zod'
import type { PodTrouble } from '#contract/collection-payloads.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import { listPages } from '../kube/list-pages.ts'
import { PAGE_SIZE } from './gather-context.ts'
import { ownerOf, podOwnershipSchema } from './pod-owner.ts'
import { phaseOf, podStatusSchema, restartsOf, troubleOf } from './pod-trouble.ts'
import type { PodPhase } from './pod-trouble.ts'
import type { WorkloadBook, WorkloadKey } from './workload-book.ts'

const MAX_TROUBLED = 1_000

const podSchema = z.object({
  metadata: podOwnershipSchema.extend({
    name: z.string(),
    creationTimestamp: z.string().nullish(),
    deletionTimestamp: z.string().nullish(),
  }),
  spec: z.object({ nodeName: z.string().optional() }).optional(),
  status: podStatusSchema.default({}),
})
type KubernetesPod = z.infer<typeof podSchema>

/** A pod that is not well, by its real names. */
export interface TroubledPod {
  namespace: string
  name: string
  owner: WorkloadKey | null
  node: string | null
  phase: PodPhase
  trouble: PodTrouble
  restarts: number
}

export interface PodCensus {
  total: number
  phases: Record<PodPhase, number>
  restarts: number
  byNamespace: Map<string, number>
  /** At most so many; whether there are more says `isTruncated`. */
  troubled: TroubledPod[]
  isTruncated: boolean
}

/** Counts all pods, a page at a time, and adds their restarts to their workloads in the book. Throws a `KubernetesError`. */
export async function readPods(api: KubernetesApi, book: WorkloadBook, now: Date): Promise<PodCensus> {
  let census = emptyCensus()
  await listPages(
    api,
    { path: '/api/v1/pods', item: podSchema, limit: PAGE_SIZE },
    (pods) => pods.forEach((pod) => add(census, pod, { book, now })),
    () => {
      census = emptyCensus()
      for (const workload of book.all()) workload.restarts = 0
    },
  )
  return census
}

function emptyCensus(): PodCensus {
  return {
    total: 0,
    phases: { running: 0, pending: 0, succeeded: 0, failed: 0, unknown: 0 },
    restarts: 0,
    byNamespace: new Map(),
    troubled: [],
    isTruncated: false,
  }
}

function add(
  census: PodCensus,
  { metadata, spec, status }: KubernetesPod,
  at: { book: WorkloadBook; now: Date },
): void {
  const { namespace, name } = metadata
  const [phase, restarts, owner] = [phaseOf(status), restartsOf(status), ownerOf(metadata, at.book)]
  census.total += 1
  census.phases[phase] += 1
  census.restarts += restarts
  census.byNamespace.set(namespace, (census.byNamespace.get(namespace) ?? 0) + 1)
  const workload = owner === null ? undefined : at.book.get(owner)
  if (workload) workload.restarts += restarts
  const created = Date.parse(metadata.creationTimestamp ?? '')
  const ageMs = Number.isNaN(created) ? 0 : at.now.getTime() - created
  const trouble = troubleOf(status, { ageMs, isEnding: Boolean(metadata.deletionTimestamp) })
  if (trouble === null) return
  if (census.troubled.length >= MAX_TROUBLED) census.isTruncated = true
  else census.troubled.push({ namespace, name, owner, node: spec?.nodeName ?? null, phase, trouble, restarts })
}
