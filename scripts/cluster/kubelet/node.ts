import type { V1Pod } from '@kubernetes/client-node'
import { readFile } from 'node:fs/promises'
import type { ContainerReference, SandboxCalls } from '../sandbox/protocol.ts'
import type { ContainerProcess } from './container-process.ts'
import { followObjects } from './follow-objects.ts'
import type { NodeContext } from './pod-context.ts'
import { PodWorker } from './pod-worker.ts'
import { registerNode } from './register-node.ts'
import { serveLogs } from './serve-logs.ts'

const EXEC_TIMEOUT_MS = 60_000

/** A node whose containers are processes of this machine: it does a kubelet's part for the pods bound to it. */
export class ProcessNode {
  readonly #context: NodeContext
  readonly #workers = new Map<string, PodWorker>()

  constructor(context: NodeContext) {
    this.#context = context
  }

  /** Resolves once the node is registered and runs what is bound to it, until the signal aborts. */
  async start(certificate: { cert: string; key: string }, signal: AbortSignal): Promise<void> {
    await serveLogs(certificate, (namespace, pod, container) => {
      return this.#newestWorker(namespace, pod)?.logs.get(container) ?? null
    })
    await registerNode(this.#context, signal)
    const { client, nodeName } = this.#context
    const observer = {
      onList: (pods: V1Pod[]) => this.#replace(pods),
      onChange: (pod: V1Pod) => this.#update(pod),
      onDelete: (pod: V1Pod) => this.#workers.get(uidOf(pod))?.forget(),
    }
    void followObjects(client, { path: '/api/v1/pods', fieldSelector: `spec.nodeName=${nodeName}` }, observer, signal)
  }

  /** What the cluster's user may ask of the node. */
  readonly calls: SandboxCalls = {
    podTraffic: async ({ namespace, pod }) => {
      const traffic = await this.#newestWorker(namespace, pod)?.traffic()
      if (!traffic) throw new Error(`the pod ${namespace}/${pod} has not run on this node`)
      return traffic
    },
    signalContainer: async (input) => {
      const process = this.#process(input)
      process.signal(input.signal)
      return { pid: process.pid }
    },
    exec: async (input) => this.#process(input).exec(input.command, EXEC_TIMEOUT_MS),
    residentBytes: async (input) => {
      const status = await readFile(`/proc/${this.#process(input).pid}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
    },
  }

  #replace(pods: V1Pod[]): void {
    const present = new Set(pods.map(uidOf))
    for (const [uid, worker] of this.#workers) if (!present.has(uid)) worker.forget()
    for (const pod of pods) this.#update(pod)
  }

  #update(pod: V1Pod): void {
    const known = this.#workers.get(uidOf(pod))
    if (known) return known.update(pod)
    const worker = new PodWorker(this.#context, pod)
    this.#workers.set(uidOf(pod), worker)
    worker.start()
    worker.update(pod)
  }

  /** Ended pods are remembered; of several with one name, the last counts. */
  #newestWorker(namespace: string, pod: string): PodWorker | undefined {
    return [...this.#workers.values()].findLast((worker) => worker.name === `${namespace}/${pod}`)
  }

  #process({ namespace, pod, container }: ContainerReference): ContainerProcess {
    const process = this.#newestWorker(namespace, pod)?.process(container)
    if (!process) throw new Error(`the container ${container} of ${namespace}/${pod} does not run now`)
    return process
  }
}

function uidOf(pod: V1Pod): string {
  return pod.metadata?.uid ?? ''
}
