import { z } from 'zod'
import type { DashboardData } from '#contract/dashboard-data.ts'
import type { KubeApi } from '../../kube/kube-api.ts'
import { countObjects } from '../frame/count-objects.ts'
import { bytesText, coresText, quantityValue } from '../frame/quantity.ts'
import { noFacts, workloadKinds } from './facts.ts'
import type { OverviewFacts, WorkloadKindName } from './facts.ts'
import { readPart } from './read-part.ts'
import type { Part } from './protocol.ts'
import { readDashboard } from './read-dashboard.ts'
import type { Dashboard } from './read-dashboard.ts'
import { readNodes } from './read-nodes.ts'
import { readPods } from './read-pods.ts'
import { readWarnings } from './read-warnings.ts'
import { judgedKinds, readWorkloads } from './read-workloads.ts'
import type { JudgedKind } from './read-workloads.ts'

export interface FactsInput {
  api: KubeApi
  context: string
  operatorNamespace: string | null
  signal: AbortSignal
}

const workloads: Record<WorkloadKindName, { path: string; key: keyof DashboardData['workloads'] }> = {
  Deployment: { path: '/apis/apps/v1/deployments', key: 'deployments' },
  StatefulSet: { path: '/apis/apps/v1/statefulsets', key: 'statefulsets' },
  DaemonSet: { path: '/apis/apps/v1/daemonsets', key: 'daemonsets' },
  Job: { path: '/apis/batch/v1/jobs', key: 'jobs' },
  CronJob: { path: '/apis/batch/v1/cronjobs', key: 'cronjobs' },
  ReplicaSet: { path: '/apis/apps/v1/replicasets', key: 'replicasets' },
}

const versionSchema = z.object({ gitVersion: z.string() })

/**
 * Reads all parts side by side and tells of each as it comes; one that may not be read takes no other with it. The operator's
 * counts spare lists, and stand in for those that are forbidden. Never throws.
 */
export async function readFacts(input: FactsInput, onPart: (facts: OverviewFacts) => void): Promise<OverviewFacts> {
  const { api, operatorNamespace, signal } = input
  const dashboard = await readDashboard(api, operatorNamespace, { now: Date.now(), signal })
  const facts = noFacts()
  facts.source = { words: sourceWords(dashboard), at: new Date().toISOString() }
  const reader = new FactsReader(input, facts, () => {
    if (!signal.aborted) onPart(facts)
  })
  await reader.read(dashboard.state === 'fresh' ? dashboard.data : null)
  return facts
}

class FactsReader {
  readonly #input: FactsInput
  readonly #facts: OverviewFacts
  readonly #onPart: () => void

  constructor(input: FactsInput, facts: OverviewFacts, onPart: () => void) {
    this.#input = input
    this.#facts = facts
    this.#onPart = onPart
  }

  async read(dashboard: DashboardData | null): Promise<void> {
    const counted = workloadKinds.filter((kind) => !judgedKinds.some((judged) => judged === kind))
    await Promise.all([
      ...this.#readCluster(dashboard),
      ...judgedKinds.map((kind) => this.#judge(kind, dashboard?.workloads[workloads[kind].key])),
      ...counted.map((kind) => this.#count(kind, dashboard?.workloads[workloads[kind].key])),
    ])
  }

  #readCluster(dashboard: DashboardData | null): Promise<void>[] {
    const { api, context, signal } = this.#input
    const facts = this.#facts
    return [
      this.#take('the version', async () => (await api.call('/version', versionSchema, { signal })).gitVersion, {
        put: (part) => (facts.version = part),
      }),
      this.#take('nodes', () => readNodes(api, context, signal), {
        put: (part) => (facts.nodes = part),
        spare: dashboard && nodesFrom(dashboard),
      }),
      this.#take('namespaces', this.#counter('/api/v1/namespaces', dashboard?.namespaceCount), {
        put: (part) => (facts.namespaces = part),
      }),
      this.#take('pods', () => readPods(api, signal), {
        put: (part) => (facts.pods = part),
        spare: dashboard && { total: dashboard.workloads.pods, phases: [] },
      }),
      this.#take('events', () => readWarnings(api, context, signal), { put: (part) => (facts.warnings = part) }),
    ]
  }

  #judge(kind: JudgedKind, known: number | undefined): Promise<void> {
    const { api, context, signal } = this.#input
    const { path, key } = workloads[kind]
    return this.#take(key, () => readWorkloads(api, { kind, path, context, signal }), {
      put: (part) => {
        this.#facts.counts[kind] = part.state === 'known' ? { state: 'known', value: part.value.count } : part
        if (part.state === 'known' && part.value.troubles) this.#facts.troubles[kind] = part.value.troubles
      },
      spare: known === undefined ? null : { count: known, troubles: null },
    })
  }

  #count(kind: WorkloadKindName, known: number | undefined): Promise<void> {
    const { path, key } = workloads[kind]
    return this.#take(key, this.#counter(path, known), { put: (part) => (this.#facts.counts[kind] = part) })
  }

  #counter(path: string, known: number | undefined): () => Promise<number> {
    const { api, signal } = this.#input
    return async () => known ?? countObjects(api, { path, signal })
  }

  async #take<T>(
    words: string,
    read: () => Promise<T>,
    { put, spare = null }: { put: (part: Part<T>) => void; spare?: T | null },
  ): Promise<void> {
    const { part, rbac } = await readPart(read)
    if (rbac !== null) this.#facts.missing.push({ words, rbac })
    if (part.state === 'failed' && !this.#facts.failures.includes(part.message)) this.#facts.failures.push(part.message)
    put(part.state !== 'known' && spare !== null ? { state: 'known', value: spare } : part)
    this.#onPart()
  }
}

function nodesFrom({ nodes }: DashboardData) {
  return {
    total: nodes.totalNodes,
    ready: nodes.readyNodes,
    cpu: coresText(quantityValue(nodes.cpuCapacity)),
    memory: bytesText(quantityValue(nodes.memoryCapacity)),
    shown: [],
  }
}

function sourceWords(dashboard: Dashboard): string {
  if (dashboard.state === 'fresh') return 'Totals from the operator, the rest from the Kubernetes API'
  if (dashboard.state === 'stale') return 'From the Kubernetes API, since the operator’s totals are old'
  return 'From the Kubernetes API'
}
