import { existsSync } from 'node:fs'
import { Uri, commands, window, workspace } from 'vscode'
import { kubeconfigFiles } from '../kube/kubeconfig-files.ts'
import { showInformation } from '../messages.ts'
import type { Services } from '../services.ts'

/** Opens a kubeconfig in the editor; nothing of it is sent anywhere. */
export async function run({ settings }: Services): Promise<void> {
  const files = kubeconfigFiles(settings.kubeconfigFiles)
  const present = files.filter((file) => existsSync(file))
  if (present.length === 0) {
    const text = `There is no kubeconfig at ${files.join(', ')}.`
    const chosen = await showInformation(text, 'Open settings')
    if (chosen) await commands.executeCommand('kube9.openSettings')
    return
  }
  const file = present.length === 1 ? present[0] : await window.showQuickPick(present, { placeHolder: 'Choose a file' })
  if (file !== undefined) await window.showTextDocument(await workspace.openTextDocument(Uri.file(file)))
}
