import { ThemeColor, ThemeIcon, TreeItem } from 'vscode'
import type { Command } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { TreeNode } from './tree-node.ts'

export interface Note {
  label: string
  description?: string
  icon: string
  /** Name of a theme colour; the icon's own colour without one. */
  color?: string
  tooltip?: string
  /** What a click does. */
  command?: Command
  contextValue?: string
}

/** A row that says something instead of showing an object: a fault, what mends it, that there is nothing. */
export class NoteRow implements TreeNode {
  readonly cluster?: Cluster
  readonly object = null
  readonly #note: Note

  constructor(note: Note, cluster?: Cluster) {
    this.#note = note
    if (cluster) this.cluster = cluster
  }

  item(): TreeItem {
    const { label, description, icon, color, tooltip, command, contextValue } = this.#note
    const item = new TreeItem(label)
    item.iconPath = new ThemeIcon(icon, color === undefined ? undefined : new ThemeColor(color))
    item.tooltip = tooltip ?? label
    item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', '), role: 'treeitem' }
    if (description !== undefined) item.description = description
    if (command) item.command = command
    item.contextValue = contextValue ?? 'note'
    return item
  }

  children(): TreeNode[] {
    return []
  }
}
