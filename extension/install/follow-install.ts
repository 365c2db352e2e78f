import { setTimeout as delay } from 'node:timers/promises'
import { ProgressLocation, commands, window } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import { showError, showInformation } from '../messages.ts'
import { openAddress } from '../open-address.ts'
import { plainText } from '../plain-text.ts'
import { installStep } from './install-progress.ts'
import type { Refusal, Step } from './install-progress.ts'
import { readOperatorPod } from './read-operator-pod.ts'

const LOOK_MS = 1_000
const LOOK_AGAIN_MS = 15_000
const HINT_AFTER_MS = 90_000
const LIMIT_MS = 15 * 60_000

export interface Follow {
  cluster: Cluster
  namespace: string
  /** Without a key the operator is where it should be once it runs. */
  goal: 'connected' | 'operated'
  /** What the status said before. */
  old: Refusal | null
  portalUrl: string
  /** Aborted when helm failed: what follows then is told by others. */
  signal: AbortSignal
}

/** Shows how a cluster comes to be connected, until it is. True when it came so far. */
export async function followInstall(follow: Follow): Promise<boolean> {
  const { cluster, goal } = follow
  const options = { location: ProgressLocation.Notification, title: plainText(cluster.context.name), cancellable: true }
  const last = await window.withProgress(options, async (progress, token) => {
    const stopping = new AbortController()
    token.onCancellationRequested(() => stopping.abort())
    const signal = AbortSignal.any([stopping.signal, follow.signal, AbortSignal.timeout(LIMIT_MS)])
    return watchSteps(follow, (words) => progress.report({ message: plainText(words) }), signal)
  })
  if (last?.step === 'refused') void showError(`${cluster.context.name}: ${last.words}`)
  if (last === null || !isGoal(last, goal)) return false
  const text =
    goal === 'connected' ? `${cluster.context.name} is connected.` : `The operator runs in ${cluster.context.name}.`
  void showInformation(text, 'Open cluster').then((chosen) => {
    if (chosen) void commands.executeCommand('kube9.openCluster', { cluster, object: null })
  })
  return true
}

/** The last step: the goal, a refusal, or null when the signal ended it. */
async function watchSteps(follow: Follow, say: (words: string) => void, signal: AbortSignal): Promise<Step | null> {
  const { cluster, namespace, goal, old } = follow
  const begun = Date.now()
  let [lookedAt, hinted] = [begun, false]
  void cluster.connect()
  while (!signal.aborted) {
    const hasStatus = 'status' in cluster.standing && cluster.standing.status !== null
    const pod = hasStatus ? null : await readOperatorPod(cluster.api, namespace, signal)
    const step = installStep(cluster.standing, pod, old)
    if (step.step === 'refused' || isGoal(step, goal)) return step
    say(step.words)
    if (!hinted && Date.now() - begun > HINT_AFTER_MS) {
      hinted = true
      hint(step, follow)
    }
    // The status is watched; this is for a watch that came too early.
    if (Date.now() - lookedAt > LOOK_AGAIN_MS) {
      lookedAt = Date.now()
      void cluster.refresh()
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined)
  }
  return null
}

function isGoal({ step }: Step, goal: Follow['goal']): boolean {
  return step === 'connected' || (goal === 'operated' && step === 'key-arriving')
}

function hint({ words }: Step, { cluster, portalUrl }: Follow): void {
  const text = `${cluster.context.name} is not connected after 90 seconds. ${words} This goes on by itself when the cause is gone.`
  void showInformation(text, 'Troubleshooting').then((chosen) => {
    if (chosen) void openAddress(`${portalUrl}/docs/troubleshooting`)
  })
}
