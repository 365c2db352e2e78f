import { commands } from 'vscode'

/** The settings of this extension. */
export async function run(): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', '@ext:Alto9.kube9-vscode')
}
