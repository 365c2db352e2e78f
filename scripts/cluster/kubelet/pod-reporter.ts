import type { V1Pod } from '@kubernetes/client-node'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiError } from './api-client.ts'
import type { NodeContext } from './pod-context.ts'
import { PodStatusWriter } from './pod-status.ts'
import type { PodObservation } from './pod-status.ts'

const RETRY_MS = 200
const GONE = new Set([404, 409])

export interface PodEvent {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  container: string
}

/** Tells the API server about one pod. Only one request is on its way at a time, so that an older status never wins. */
export class PodReporter {
  readonly #node: NodeContext
  readonly #writer = new PodStatusWriter()
  readonly #path: string
  readonly #name: string
  readonly #namespace: string
  readonly #observation: PodObservation
  #dirty = false
  #writing: Promise<void> | null = null

  constructor(node: NodeContext, pod: V1Pod) {
    const { namespace = '', name = '', uid = '', generation } = pod.metadata ?? {}
    this.#node = node
    this.#namespace = namespace
    this.#name = name
    this.#path = `/api/v1/namespaces/${namespace}/pods/${name}`
    this.#observation = {
      uid,
      generation,
      podAddress: null,
      startTime: new Date().toISOString(),
      initContainers: [],
      containers: [],
      initialized: false,
      ended: false,
    }
  }

  observe(pod: V1Pod): void {
    const generation = pod.metadata?.generation
    if (generation !== this.#observation.generation) this.change({ generation })
  }

  /** Says that something changed; the statuses of containers are read when they are written. */
  change(changes: Partial<PodObservation>): void {
    Object.assign(this.#observation, changes)
    this.#dirty = true
    this.#writing ??= this.#write().finally(() => (this.#writing = null))
  }

  /** Writes the last status and removes the pod from the API. */
  async finish(): Promise<void> {
    this.change({ ended: true })
    while (this.#writing) await this.#writing
    const { uid } = this.#observation
    await this.#patiently(() =>
      this.#node.client.delete(this.#path, {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        gracePeriodSeconds: 0,
        preconditions: { uid },
      }),
    )
  }

  recordEvent({ type, reason, message, container }: PodEvent): void {
    const now = new Date().toISOString()
    const reference = {
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: this.#namespace,
      name: this.#name,
      uid: this.#observation.uid,
    }
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { generateName: `${this.#name}.`, namespace: this.#namespace },
      involvedObject: { ...reference, fieldPath: `spec.containers{${container}}` },
      type,
      reason,
      message,
      source: { component: 'kubelet', host: this.#node.nodeName },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    }
    // An event is a courtesy; its namespace may be on its way out.
    this.#node.client.post(`/api/v1/namespaces/${this.#namespace}/events`, event).catch(() => undefined)
  }

  async #write(): Promise<void> {
    while (this.#dirty) {
      this.#dirty = false
      await this.#patiently(() =>
        this.#node.client.patch(`${this.#path}/status`, this.#writer.write(this.#observation)),
      )
    }
  }

  /** Tries again until it works; a pod that is gone, or replaced by a namesake, needs no word any more. */
  async #patiently(request: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await request()
        return
      } catch (error) {
        if (error instanceof ApiError && GONE.has(error.status)) return
        this.#node.log(`pod ${this.#namespace}/${this.#name}: ${(error as Error).message}`)
        await delay(RETRY_MS)
      }
    }
  }
}
