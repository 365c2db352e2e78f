import { ProgressLocation, commands, window } from 'vscode'
import { showError, showInformation } from '../messages.ts'
import { openAddress } from '../open-address.ts'
import { plainText } from '../plain-text.ts'
import type { Step } from './install-progress.ts'
import { watchSteps } from './watch-steps.ts'
import type { Installation } from './watch-steps.ts'

const LIMIT_MS = 15 * 60_000

export interface Follow extends Installation {
  portalUrl: string
  /** Aborted when helm failed: what follows then is told by others. */
  signal: AbortSignal
}

/** Shows how a cluster comes to be connected, until it is. True when it came so far. */
export async function followInstall(follow: Follow): Promise<boolean> {
  const { clusters, context, goal } = follow
  const options = { location: ProgressLocation.Notification, title: plainText(context), cancellable: true }
  const last = await window.withProgress(options, async (progress, token) => {
    const stopping = new AbortController()
    token.onCancellationRequested(() => stopping.abort())
    const signal = AbortSignal.any([stopping.signal, follow.signal, AbortSignal.timeout(LIMIT_MS)])
    const say = (words: string) => progress.report({ message: plainText(words) })
    return watchSteps(follow, { say, onSlow: (step) => hint(step, follow), signal })
  })
  if (last?.step === 'refused') void showError(`${context}: ${last.words}`)
  if (last === null || last.step === 'refused') return false
  const text = goal === 'connected' ? `${context} is connected.` : `The operator runs in ${context}.`
  void showInformation(text, 'Open cluster').then((chosen) => {
    const cluster = clusters.find(context)
    if (chosen && cluster) void commands.executeCommand('kube9.openCluster', { cluster, object: null })
  })
  return true
}

function hint({ words }: Step, { context, portalUrl }: Follow): void {
  const text = `${context} is not connected after 90 seconds. ${words} This goes on by itself when the cause is gone.`
  void showInformation(text, 'Troubleshooting').then((chosen) => {
    if (chosen) void openAddress(`${portalUrl}/docs/troubleshooting`)
  })
}
