import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster, ClusterRegistry } from '../cluster/cluster.ts'
import { installStep } from './install-progress.ts'
import type { Refusal, Step } from './install-progress.ts'
import { readOperatorPod } from './read-operator-pod.ts'

const LOOK_MS = 1_000
const LOOK_AGAIN_MS = 15_000
const SLOW_AFTER_MS = 90_000

/** An installation that is under way. */
export interface Installation {
  clusters: Pick<ClusterRegistry, 'find'>
  context: string
  namespace: string
  /** Without a key the operator is where it should be once it runs. */
  goal: 'connected' | 'operated'
  /** What the status said before. */
  old: Refusal | null
}

interface Watching {
  say: (words: string) => void
  /** Told once, when it takes longer than it should. */
  onSlow: (step: Step) => void
  signal: AbortSignal
}

/** The last step: the goal, a refusal, or null when the signal ended it. Without `vscode`, so that Node can test it. */
export async function watchSteps(installation: Installation, { say, onSlow, signal }: Watching): Promise<Step | null> {
  const { clusters, context, goal } = installation
  const begun = Date.now()
  let [lookedAt, isSlow] = [begun, false]
  let cluster: Cluster | undefined
  while (!signal.aborted) {
    // Who renews credentials in the kubeconfig meanwhile, as helm does, gives the context another cluster.
    const found = clusters.find(context)
    if (found !== cluster) {
      lookedAt = Date.now()
      void found?.connect()
    }
    cluster = found
    const step = await stepOf(cluster, installation, signal)
    if (step.step === 'refused' || isGoal(step, goal)) return step
    say(step.words)
    if (!isSlow && Date.now() - begun > SLOW_AFTER_MS) {
      isSlow = true
      onSlow(step)
    }
    // The status is watched; this is for a watch that came too early.
    if (Date.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = Date.now()
      void cluster?.refresh()
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  return null
}

/** A cluster that was is not asked: the person may have taken its credentials away. */
async function stepOf(
  cluster: Cluster | undefined,
  { context, namespace, old }: Installation,
  signal: AbortSignal,
): Promise<Step> {
  if (!cluster) return { step: 'waiting', words: `No kubeconfig names the context ${context} any more.` }
  const hasStatus = 'status' in cluster.standing && cluster.standing.status !== null
  const pod = hasStatus ? null : await readOperatorPod(cluster.api, namespace, signal)
  return installStep(cluster.standing, pod, old)
}

function isGoal({ step }: Step, goal: Installation['goal']): boolean {
  return step === 'connected' || (goal === 'operated' && step === 'key-arriving')
}
