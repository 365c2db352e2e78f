import { randomBytes, randomUUID } from 'node:crypto'
import type { PodTrouble, ResourceInventory, workloadKinds } from '#contract/collection-payloads.ts'
import { createPseudonymizer } from '#contract/pseudonyms.ts'
import type { PseudonymKind } from '#contract/pseudonyms.ts'
import { TestCluster } from '#test/context/test-cluster.ts'
import { clusterMetadata, configurationPatterns, resourceInventory } from '#test/context/test-collections.ts'
import type { TestTeam, TestWorld } from '#test/context/test-world.ts'

type Kind = (typeof workloadKinds)[number]
type Names = Record<string, { namespace: string | null; name: string }>

/** A cluster that looks like one, and what only its owner knows of it: the real names. */
export type SampleCluster = { cluster: TestCluster; saltId: string; names: Names; recollect: () => Promise<void> }

type Workload = { namespace: string; kind: Kind; name: string; desired: number; ready?: number; restarts?: number }
type Trouble = { pod: string; of: string; trouble: PodTrouble; restarts: number; node: string | null }

const nodes = [
  { name: 'cp-1.eu.example', role: 'control-plane' as const, pods: 14, cpuCores: 4, memoryMebibytes: 7_900 },
  { name: 'worker-1.eu.example', role: 'worker' as const, pods: 61, cpuCores: 16, memoryMebibytes: 63_900 },
  { name: 'worker-2.eu.example', role: 'worker' as const, pods: 97, cpuCores: 16, memoryMebibytes: 63_900 },
  { name: 'worker-3.eu.example', role: 'worker' as const, pods: 0, cpuCores: 16, memoryMebibytes: 63_900 },
  { name: 'worker-10.eu.example', role: 'worker' as const, pods: 22, cpuCores: 8, memoryMebibytes: 31_900 },
]

const workloads: Workload[] = [
  { namespace: 'shop', kind: 'deployment', name: 'checkout', desired: 4, ready: 2, restarts: 41 },
  { namespace: 'shop', kind: 'deployment', name: 'catalogue', desired: 6 },
  { namespace: 'shop', kind: 'deployment', name: 'storefront', desired: 3, restarts: 1 },
  { namespace: 'shop', kind: 'statefulset', name: 'orders-db', desired: 3 },
  { namespace: 'shop', kind: 'cronjob', name: 'nightly-invoices', desired: 0 },
  { namespace: 'shop', kind: 'job', name: 'nightly-invoices-29401', desired: 1, ready: 0 },
  { namespace: 'payments', kind: 'deployment', name: 'ledger', desired: 2, restarts: 3 },
  { namespace: 'payments', kind: 'deployment', name: 'fraud-scoring', desired: 2, ready: 0 },
  { namespace: 'observability', kind: 'daemonset', name: 'log-agent', desired: 5, ready: 4 },
  { namespace: 'observability', kind: 'statefulset', name: 'metrics', desired: 2 },
  { namespace: 'kube-system', kind: 'deployment', name: 'coredns', desired: 2 },
  { namespace: 'kube-system', kind: 'daemonset', name: 'kube-proxy', desired: 5, ready: 4 },
]

const troubles: Trouble[] = [
  {
    pod: 'checkout-7c9f-abcde',
    of: 'checkout',
    trouble: 'CrashLoopBackOff',
    restarts: 21,
    node: 'worker-1.eu.example',
  },
  {
    pod: 'checkout-7c9f-fghij',
    of: 'checkout',
    trouble: 'CrashLoopBackOff',
    restarts: 20,
    node: 'worker-2.eu.example',
  },
  { pod: 'fraud-scoring-1-aaaaa', of: 'fraud-scoring', trouble: 'ImagePullBackOff', restarts: 0, node: null },
  { pod: 'fraud-scoring-1-bbbbb', of: 'fraud-scoring', trouble: 'Unschedulable', restarts: 0, node: null },
]

/** Registers a cluster 23 hours ago and lets it live until now, with a bad morning in between. */
export async function liveOneDay(world: TestWorld, team: TestTeam): Promise<SampleCluster> {
  const now = world.clock.now()
  world.clock.set(new Date(now.getTime() - 23 * 3_600_000))
  const cluster = await TestCluster.register(world, team)
  const payloads = await Payloads.create()
  for (let minutes = 0; minutes < 23 * 60; minutes += 15) {
    if (minutes >= 300 && minutes < 390) world.clock.advance({ minutes: 15 })
    else await liveAQuarter(world, cluster, payloads, minutes)
  }
  world.clock.set(new Date(now.getTime() - 9_000))
  const recollect = async () => {
    await cluster.collect(payloads.nodes(false))
    await cluster.collect(payloads.inventory({}))
    await cluster.collect(payloads.patterns())
  }
  await recollect()
  world.clock.set(new Date(now.getTime() - 4_000))
  await cluster.beat({ health: 'degraded', nodeCount: nodes.length, conditions: conditionsAt(now) })
  await forgetPauses(world, cluster, now)
  world.clock.set(now)
  return { cluster, saltId: payloads.saltId, names: payloads.names, recollect }
}

/** It beats every quarter of an hour, to be quick: of the pauses in between only the long one was meant. */
async function forgetPauses(world: TestWorld, cluster: TestCluster, now: Date): Promise<void> {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000)
  await world.db.clusterEvent.deleteMany({
    where: {
      clusterId: cluster.rowId,
      kind: { in: ['went-offline', 'came-back'] },
      NOT: { at: { gte: at(18.22), lte: at(16.48) } },
    },
  })
}

async function liveAQuarter(world: TestWorld, cluster: TestCluster, payloads: Payloads, minutes: number) {
  const bad = minutes >= 780 && minutes < 855
  await cluster.beat({ health: bad ? 'unhealthy' : minutes > 1_300 ? 'degraded' : 'healthy', nodeCount: nodes.length })
  if (minutes % 30 === 0 && !(minutes >= 390 && minutes < 480)) {
    await cluster.collect(payloads.nodes(!bad))
    await cluster.collect(payloads.inventory({ minutes, bad }))
  }
  world.clock.advance({ minutes: 15 })
}

function conditionsAt(now: Date) {
  const at = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString()
  const holds = (type: string, reason: 'Ready' | 'KeyAccepted' | 'ServerAnswers' | 'Registered' | 'Fresh') =>
    ({ type, status: 'True', reason, lastTransitionTime: at(23) }) as const
  return [
    holds('StatusWritable', 'Ready'),
    holds('ApiKeyAccepted', 'KeyAccepted'),
    holds('ServerReachable', 'ServerAnswers'),
    holds('Registered', 'Registered'),
    holds('CollectionsFresh', 'Fresh'),
    { type: 'ClusterHealthy', status: 'False' as const, reason: 'NodesNotReady' as const, lastTransitionTime: at(1) },
  ]
}

/** What the operator would send, under one salt. */
class Payloads {
  readonly saltId: string
  readonly names: Names
  readonly #pseudonyms: ReadonlyMap<string, string>

  private constructor(saltId: string, names: Names, pseudonyms: ReadonlyMap<string, string>) {
    this.saltId = saltId
    this.names = names
    this.#pseudonyms = pseudonyms
  }

  static async create(): Promise<Payloads> {
    const pseudonymizer = await createPseudonymizer(randomBytes(32).toString('hex'))
    const names: Names = {}
    const pseudonyms = new Map<string, string>()
    const add = async (kind: PseudonymKind, namespace: string | null, name: string) => {
      const pseudonym = await pseudonymizer.pseudonymOf({ kind, namespace, name })
      names[pseudonym] = { namespace, name }
      pseudonyms.set(`${kind} ${name}`, pseudonym)
    }
    for (const { name } of nodes) await add('node', null, name)
    for (const name of new Set(workloads.map(({ namespace }) => namespace))) await add('namespace', null, name)
    for (const { kind, namespace, name } of workloads) await add(kind, namespace, name)
    for (const { pod, of } of troubles) await add('pod', ownerOf(of).namespace, pod)
    return new Payloads(pseudonymizer.saltId, names, pseudonyms)
  }

  nodes(allReady: boolean) {
    return clusterMetadata({
      saltId: this.saltId,
      nodeCount: nodes.length,
      readyNodeCount: allReady ? nodes.length : nodes.length - 1,
      namespaceCount: 4,
      nodes: nodes.map(({ name, pods, ...node }) => ({
        ...node,
        name: this.#of('node', name),
        ready: allReady || pods > 0,
        schedulable: pods !== 22,
        pressures: pods === 97 ? ['memory' as const, 'disk' as const] : [],
        kubeletVersion: 'v1.35.4',
        pods,
        podCapacity: 110,
      })),
    })
  }

  inventory({ minutes = 1_380, bad = false }) {
    const wave = Math.round(6 * Math.sin(minutes / 90))
    const pods = { running: 188 + wave - (bad ? 31 : 0), pending: bad ? 27 : minutes % 120 === 0 ? 3 : 1 }
    return resourceInventory({
      saltId: this.saltId,
      counts: {
        deployments: 8,
        statefulsets: 2,
        daemonsets: 2,
        replicasets: 14,
        jobs: 1,
        cronjobs: 1,
        pods: pods.running + pods.pending + 5,
        services: 19,
      },
      podPhases: { ...pods, succeeded: 3, failed: bad ? 6 : 2, unknown: 0 },
      restarts: 20 + Math.floor(minutes / 60) + (minutes > 780 ? 24 : 0),
      namespaces: this.#namespaces(),
      workloads: workloads.map(({ kind, namespace, name, desired, ready = desired, restarts = 0 }) => ({
        kind,
        name: this.#of(kind, name),
        namespace: this.#of('namespace', namespace),
        desired,
        ready,
        restarts,
        createdAt: '2026-08-14T09:30:00.000Z',
      })),
      troubledPods: troubles.map(({ pod, of, node, ...trouble }) => ({
        ...trouble,
        name: this.#of('pod', pod),
        namespace: this.#of('namespace', ownerOf(of).namespace),
        owner: this.#of(ownerOf(of).kind, of),
        node: node === null ? null : this.#of('node', node),
        phase: node === null ? ('pending' as const) : ('running' as const),
      })),
    })
  }

  patterns() {
    return configurationPatterns({
      saltId: this.saltId,
      containers: {
        total: 254,
        withoutCpuRequest: 61,
        withoutMemoryRequest: 48,
        withoutCpuLimit: 201,
        withoutMemoryLimit: 77,
        withoutReadinessProbe: 92,
        withoutLivenessProbe: 118,
        privileged: 6,
        mayRunAsRoot: 143,
        writableRootFilesystem: 221,
        movingTag: 0,
      },
      pods: { total: 194, hostNetwork: 11, hostPath: 16, defaultServiceAccount: 104 },
      requests: { cpuCores: 21.4, memoryMebibytes: 71_400 },
      limits: { cpuCores: 58.5, memoryMebibytes: 142_000 },
      services: { ClusterIP: 16, NodePort: 1, LoadBalancer: 2, ExternalName: 0 },
      replicas: { one: 5, several: 9, none: 1 },
    })
  }

  #of(kind: PseudonymKind, name: string): string {
    const pseudonym = this.#pseudonyms.get(`${kind} ${name}`)
    if (pseudonym === undefined) throw new Error(`There is no ${kind} ${name}.`)
    return pseudonym
  }

  #namespaces() {
    const counts = new Map<string, number>()
    for (const { namespace } of workloads) counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
    return [...counts].map(([name, count]) => ({
      name: this.#of('namespace', name),
      pods: count * 4,
      workloads: count,
    }))
  }
}

function ownerOf(name: string): Workload {
  const owner = workloads.find((workload) => workload.name === name)
  if (!owner) throw new Error(`There is no workload ${name}.`)
  return owner
}

/** An inventory of ten thousand workloads, no two alike. */
export function hugeInventory(saltId: string, count: number) {
  const hex = (place: number) => place.toString(16).padStart(24, '0')
  const namespaces = Array.from({ length: 40 }, (_, place) => `namespace-${hex(place)}`)
  const list: ResourceInventory['workloads'] = Array.from({ length: count }, (_, place) => ({
    kind: 'deployment',
    name: `deployment-${hex(place)}`,
    namespace: namespaces[place % namespaces.length] ?? '',
    desired: 2,
    ready: 2,
    restarts: place % 7,
    createdAt: null,
  }))
  return resourceInventory({
    saltId,
    collectionId: `coll_${randomUUID().replaceAll('-', '')}`,
    namespaces: namespaces.map((name) => ({ name, pods: 500, workloads: count / namespaces.length })),
    workloads: list,
    troubledPods: [],
  })
}
