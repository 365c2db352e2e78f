import type { PodTrouble, ResourceInventory } from '#contract/collection-payloads.ts'

type Advice = { what: string; todo: string }

/** What each trouble of a pod means, and what to do about it. */
export const troubleAdvice: Record<PodTrouble, Advice> = {
  CrashLoopBackOff: {
    what: 'A container starts and ends again and again.',
    todo: 'Read the log of its previous run: it says why it ended. Then check its command, its environment and what it connects to at start.',
  },
  ImagePullBackOff: {
    what: 'The image cannot be pulled, and the kubelet waits before it tries again.',
    todo: 'Check the image’s name and tag, that it exists in its registry, and the pull secret of the namespace.',
  },
  ErrImagePull: {
    what: 'The image could not be pulled.',
    todo: 'Check the image’s name and tag, that it exists in its registry, and the pull secret of the namespace.',
  },
  InvalidImageName: {
    what: 'The image’s name is not a name that can be pulled.',
    todo: 'Correct it in the workload: capitals, spaces and a missing repository are the usual causes.',
  },
  CreateContainerConfigError: {
    what: 'A container refers to configuration that is not there.',
    todo: 'Describe the pod: its events name the ConfigMap, Secret or key that is missing.',
  },
  CreateContainerError: {
    what: 'The container could not be made.',
    todo: 'Describe the pod and read its events: a command that does not exist and a mount that fails are the usual causes.',
  },
  RunContainerError: {
    what: 'The container was made and could not be started.',
    todo: 'Check its command and its security context; the pod’s events hold the runtime’s own words.',
  },
  OOMKilled: {
    what: 'A container used more memory than its limit and was ended.',
    todo: 'Raise its memory limit, or find what makes it grow: compare what it uses with what it requests.',
  },
  Error: {
    what: 'A container ended with an error.',
    todo: 'Read its log, the previous run’s too. A Job’s pod stays like this until the Job is removed.',
  },
  Evicted: {
    what: 'The node ran short of memory or disk and put the pod out.',
    todo: 'See the pressures under Nodes. Give the workload requests that fit what it uses; then remove the evicted pod.',
  },
  Unschedulable: {
    what: 'No node can take the pod.',
    todo: 'Describe the pod: its events say whether CPU, memory, a taint, an affinity or a volume stands in the way.',
  },
  NotReady: {
    what: 'The pod runs and does not pass its readiness probe, so it gets no traffic.',
    todo: 'Read its log and check what the probe asks for: path, port, and the time that it is given.',
  },
  Other: {
    what: 'Kubernetes gives a reason that this page does not know.',
    todo: 'Describe the pod and read its events.',
  },
}

type TroubledPod = ResourceInventory['troubledPods'][number]

/** Pods of one workload that have the same trouble. */
export type TroubleGroup = {
  key: string
  trouble: PodTrouble
  namespace: string
  /** The workload, or the pod itself where it has none. */
  subject: string
  pods: TroubledPod[]
  restarts: number
}

/** Troubled pods by workload and trouble: what hits most pods first. */
export function groupTroubles(pods: readonly TroubledPod[]): TroubleGroup[] {
  const groups = new Map<string, TroubleGroup>()
  for (const pod of pods) {
    const subject = pod.owner ?? pod.name
    const key = `${subject} ${pod.trouble}`
    const group = groups.get(key)
    if (group) {
      group.pods.push(pod)
      group.restarts += pod.restarts
    } else {
      const { trouble, namespace, restarts } = pod
      groups.set(key, { key, trouble, namespace, subject, pods: [pod], restarts })
    }
  }
  return [...groups.values()].toSorted(
    (one, other) => other.pods.length - one.pods.length || other.restarts - one.restarts,
  )
}
