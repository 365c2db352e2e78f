import type { workloadKinds } from '#contract/collection-payloads.ts'

export type WorkloadKind = (typeof workloadKinds)[number]

export interface WorkloadKey {
  kind: WorkloadKind
  namespace: string
  name: string
}

/** What is kept of a workload while the cluster is read. Its names are the real ones. */
export interface Workload extends WorkloadKey {
  desired: number
  ready: number
  restarts: number
  createdAt: string | null
}

const MAX_WORKLOADS = 2_000

/** The workloads of the cluster, at most so many of them; how many there are is counted whole. */
export class WorkloadBook {
  readonly #workloads = new Map<string, Workload>()
  readonly #cronJobs = new Map<string, string>()
  readonly #cutKinds = new Set<WorkloadKind>()

  /** Whether some were left out. */
  get isTruncated(): boolean {
    return this.#cutKinds.size > 0
  }

  add(workload: Workload): void {
    if (this.#workloads.size >= MAX_WORKLOADS) this.#cutKinds.add(workload.kind)
    else this.#workloads.set(textOf(workload), workload)
  }

  /** Forgets what it has of a kind, which is then read anew. */
  forget(kind: WorkloadKind): void {
    this.#cutKinds.delete(kind)
    for (const [text, workload] of this.#workloads) if (workload.kind === kind) this.#workloads.delete(text)
  }

  /** A Job that a CronJob made is none of its own: its pods are the CronJob's. */
  addOwnedJob(namespace: string, job: string, cronJob: string): void {
    if (this.#cronJobs.size < MAX_WORKLOADS) this.#cronJobs.set(`${namespace}/${job}`, cronJob)
  }

  cronJobOf(namespace: string, job: string): string | undefined {
    return this.#cronJobs.get(`${namespace}/${job}`)
  }

  get(key: WorkloadKey): Workload | undefined {
    return this.#workloads.get(textOf(key))
  }

  all(): Workload[] {
    return [...this.#workloads.values()]
  }
}

function textOf({ kind, namespace, name }: WorkloadKey): string {
  return `${kind}/${namespace}/${name}`
}
