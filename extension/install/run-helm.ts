import { delimiter } from 'node:path'
import { ProcessExecution, Task, TaskPanelKind, TaskRevealKind, TaskScope, env, tasks, window } from 'vscode'
import { kubeconfigFiles } from '../kube/kubeconfig-files.ts'
import { loginShellPath } from '../kube/login-shell-path.ts'
import type { Settings } from '../settings.ts'
import { openAddress } from '../open-address.ts'
import { findProgram } from './find-program.ts'
import { commandText } from './helm-command.ts'

const INSTALL_HELM_URL = 'https://helm.sh/docs/intro/install/'

/** How helm is run: by this file, or by the person, who copied the command. */
export type HelmRun = { kind: 'program'; file: string; args: readonly string[] } | { kind: 'person' }

/** Looks for helm. Where it is missing, says how to come by it, and offers the command for a terminal elsewhere. */
export async function findHelm(args: readonly string[]): Promise<HelmRun | null> {
  const file = await findProgram('helm', [process.env['PATH'], await loginShellPath()])
  if (file !== null) return { kind: 'program', file, args }
  const detail =
    'Install it and begin again. Or copy the command, and run it wherever helm and this kubeconfig are: it holds no key.'
  const chosen = await window.showWarningMessage(
    'Helm is not installed on this machine, or not in its PATH.',
    { modal: true, detail },
    'How to install helm',
    'Copy command and go on',
  )
  if (chosen === 'How to install helm') await openAddress(INSTALL_HELM_URL)
  if (chosen !== 'Copy command and go on') return null
  await env.clipboard.writeText(commandText('helm', args))
  return { kind: 'person' }
}

/** Runs helm in a terminal that stays open afterwards. Gives its exit code; null when the person closed it. */
export async function runHelm(
  { file, args }: Extract<HelmRun, { kind: 'program' }>,
  settings: Settings,
): Promise<number | null> {
  const KUBECONFIG = kubeconfigFiles(settings.kubeconfigFiles).join(delimiter)
  // A process, not a shell: nothing in a context's name can mean anything.
  const execution = new ProcessExecution(file, [...args], { env: { KUBECONFIG } })
  const task = new Task({ type: 'kube9' }, TaskScope.Global, 'install operator', 'kube9', execution)
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    focus: false,
    clear: true,
  }
  return new Promise<number | null>((resolve, reject) => {
    const listening = tasks.onDidEndTaskProcess((event) => {
      if (event.execution.task.name !== task.name || event.execution.task.source !== task.source) return
      listening.dispose()
      resolve(event.exitCode ?? null)
    })
    tasks.executeTask(task).then(undefined, (error: unknown) => {
      listening.dispose()
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })
}
