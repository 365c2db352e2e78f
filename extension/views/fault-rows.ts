import type { KubeError } from '../kube/kube-error.ts'
import { mendCommand } from './mend-command.ts'
import { NoteRow } from './note-row.ts'
import type { ReloadableNode, TreeNode } from './tree-node.ts'

/** What stands in the place of objects that could not be read: why, and what mends it. */
export function faultRows(fault: KubeError, row: ReloadableNode): TreeNode[] {
  const { cluster } = row
  const isForbidden = fault.fault === 'forbidden'
  const reason = new NoteRow(
    {
      label: fault.message,
      icon: isForbidden ? 'lock' : 'error',
      color: isForbidden ? 'list.warningForeground' : 'list.errorForeground',
      tooltip: fault.mend ? `${fault.message}\n${fault.mend}` : fault.message,
    },
    cluster,
  )
  const retry = mendCommand('retry', row)
  const buttons = [new NoteRow({ label: retry.title, icon: retry.icon, command: retry }, cluster)]
  if (isForbidden) buttons.unshift(narrowRow(row))
  if (fault.rbac !== null) buttons.unshift(ruleRow(fault.rbac, row))
  return [reason, ...buttons]
}

function ruleRow(rbac: string, { cluster }: ReloadableNode): NoteRow {
  const { title, command, icon } = mendCommand('copy-rbac')
  const button = { title, command, arguments: [{ cluster, object: null, rbac }] }
  return new NoteRow({ label: title, icon, command: button, tooltip: rbac }, cluster)
}

function narrowRow({ cluster }: ReloadableNode): NoteRow {
  const title = 'Show one namespace only…'
  const command = { title, command: 'kube9.chooseNamespace', arguments: [{ cluster, object: null }] }
  return new NoteRow({ label: title, icon: 'filter', command }, cluster)
}
