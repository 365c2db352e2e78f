import type { Command } from 'vscode'
import type { Mend } from '../cluster/standing.ts'
import type { CommandTarget } from '../commands/target.ts'

const mends: Record<Mend, { title: string; command: string; icon: string }> = {
  retry: { title: 'Look again', command: 'kube9.refresh', icon: 'refresh' },
  'install-operator': { title: 'Install the operator', command: 'kube9.installOperator', icon: 'cloud-download' },
  'create-key': { title: 'Put a new key into the cluster', command: 'kube9.replaceKey', icon: 'key' },
  'open-portal': { title: 'Open the portal', command: 'kube9.openPortal', icon: 'link-external' },
  'sign-in': { title: 'Sign in', command: 'kube9.signIn', icon: 'account' },
  'copy-rbac': { title: 'Copy the rule that is missing', command: 'kube9.copyRule', icon: 'copy' },
  'open-settings': { title: 'Open the settings', command: 'kube9.openSettings', icon: 'settings-gear' },
  'open-kubeconfig': { title: 'Open the kubeconfig', command: 'kube9.openKubeconfig', icon: 'go-to-file' },
}

/** The button for what a person can do. */
export function mendCommand(mend: Mend, target?: Partial<CommandTarget>): Command & { icon: string } {
  const { title, command, icon } = mends[mend]
  return { title, command, icon, ...(target ? { arguments: [target] } : {}) }
}
