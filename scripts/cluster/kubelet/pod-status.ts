import { NODE_ADDRESS } from '../addresses.ts'

/** The part of a container's state that this node writes; times are RFC 3339. */
export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: { exitCode: number; reason: string; startedAt: string; finishedAt: string }
}

export interface ContainerStatus {
  name: string
  image: string
  state: ContainerState
  lastState: ContainerState
  ready: boolean
  started: boolean
  restartCount: number
}

export interface PodObservation {
  uid: string
  generation: number | undefined
  podAddress: string | null
  startTime: string
  initContainers: ContainerStatus[]
  containers: ContainerStatus[]
  initialized: boolean
  /** True once no container will run again. */
  ended: boolean
}

type Condition = { type: string; status: string; lastTransitionTime: string; observedGeneration?: number }

/** Writes down a pod's status; remembers when each condition changed last. */
export class PodStatusWriter {
  readonly #conditions = new Map<string, Condition>()

  /** The body of a strategic merge patch of the pod's status. */
  write(pod: PodObservation): object {
    const ready = pod.containers.every((container) => container.ready)
    const conditions = [
      this.#condition('PodReadyToStartContainers', pod.podAddress !== null, pod.generation),
      this.#condition('Initialized', pod.initialized, pod.generation),
      this.#condition('ContainersReady', ready, pod.generation),
      this.#condition('Ready', ready, pod.generation),
    ]
    const addresses = pod.podAddress ? { podIP: pod.podAddress, podIPs: [{ ip: pod.podAddress }] } : {}
    return {
      metadata: { uid: pod.uid },
      status: {
        phase: phaseOf(pod),
        observedGeneration: pod.generation,
        startTime: pod.startTime,
        hostIP: NODE_ADDRESS,
        hostIPs: [{ ip: NODE_ADDRESS }],
        ...addresses,
        conditions,
        ...(pod.initContainers.length > 0 ? { initContainerStatuses: pod.initContainers.map(complete) } : {}),
        containerStatuses: pod.containers.map(complete),
      },
    }
  }

  #condition(type: string, holds: boolean, observedGeneration: number | undefined): Condition {
    const status = holds ? 'True' : 'False'
    const known = this.#conditions.get(type)
    const lastTransitionTime = known?.status === status ? known.lastTransitionTime : new Date().toISOString()
    const condition = { type, status, lastTransitionTime, ...(observedGeneration ? { observedGeneration } : {}) }
    this.#conditions.set(type, condition)
    return condition
  }
}

function phaseOf({ initContainers, containers, ended }: PodObservation): string {
  if (ended) {
    const failed = [...initContainers, ...containers].some(
      (container) => (container.state.terminated?.exitCode ?? 0) !== 0,
    )
    return failed || containers.some((container) => !container.state.terminated) ? 'Failed' : 'Succeeded'
  }
  const begun = containers.some(({ state, restartCount }) => state.running || state.terminated || restartCount > 0)
  return begun ? 'Running' : 'Pending'
}

function complete(container: ContainerStatus): object {
  const imageID = `${container.image}@local`
  return { ...container, imageID, containerID: `kube9://${container.name}-${container.restartCount}` }
}
