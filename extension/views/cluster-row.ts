import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { Mode } from '../cluster/standing.ts'
import { secretKind, sections } from '../lists/kinds.ts'
import type { ListedKind } from '../lists/kinds.ts'
import { glyphIcon } from './glyph-icon.ts'
import { GroupRow } from './group-row.ts'
import { ListRow } from './list-row.ts'
import { mendCommand } from './mend-command.ts'
import type { NamespaceFilter } from './namespace-filter.ts'
import { NoteRow } from './note-row.ts'
import { SecretsRow } from './secrets-row.ts'
import { standingLabel } from './standing-label.ts'
import type { HoldingNode, Redraw, RenewableNode, TreeNode } from './tree-node.ts'

export interface ClusterPlace {
  cluster: Cluster
  filter: NamespaceFilter
  redraw: Redraw
}

/** A context of the kubeconfig: its glyph, where it stands and why; below it, what is in the cluster. */
export class ClusterRow implements HoldingNode {
  readonly cluster: Cluster
  readonly object = null
  readonly #filter: NamespaceFilter
  readonly #sections: TreeNode[]

  constructor({ cluster, filter, redraw }: ClusterPlace) {
    this.cluster = cluster
    this.#filter = filter
    const namespace = () => filter.of(cluster.context.name)
    const listOf = (kind: ListedKind) => {
      const place = { cluster, kind, namespace, redraw }
      return kind === secretKind ? new SecretsRow(place) : new ListRow(place)
    }
    this.#sections = sections.map((section) =>
      'kinds' in section ? new GroupRow(cluster, section, section.kinds.map(listOf)) : listOf(section),
    )
  }

  /** What the row shows; while it stays the same, nothing needs to be drawn. */
  get face(): string {
    const { context, standing, clusterId } = this.cluster
    const { word, reason, mend } = standingLabel(standing)
    return JSON.stringify([context, clusterId, word, reason, mend, this.#filter.of(context.name)])
  }

  item(): TreeItem {
    const { context, standing, clusterId } = this.cluster
    const { word, reason } = standingLabel(standing)
    const item = new TreeItem(context.name, TreeItemCollapsibleState.Collapsed)
    const told = word || (context.hasPlugin ? 'Open to connect' : '')
    item.id = context.name
    item.iconPath = clusterId === null ? plainIcon(standing.mode) : glyphIcon(clusterId, standing.mode)
    item.description = [told, reason, context.isCurrent ? 'current context' : ''].filter(Boolean).join('  ·  ')
    item.tooltip = this.#tooltip(told, reason)
    item.contextValue = `cluster ${standing.mode}${this.#filter.of(context.name) === null ? '' : ' filtered'}`
    item.accessibilityInformation = {
      label: ['Cluster', context.name, told, reason, context.isCurrent ? 'current context' : '']
        .filter(Boolean)
        .join(', '),
      role: 'treeitem',
    }
    return item
  }

  async children(): Promise<TreeNode[]> {
    await this.cluster.connect()
    const { standing } = this.cluster
    const notes = this.#notes()
    // Every list would fail in the same way, one time limit after the other.
    return standing.mode === 'unreachable' ? notes : [...notes, ...this.#sections]
  }

  holds(list: RenewableNode): boolean {
    return list.cluster === this.cluster
  }

  #notes(): TreeNode[] {
    const { reason, mend } = standingLabel(this.cluster.standing)
    if (reason === null || mend === null) return []
    const { title, command, icon, arguments: args } = mendCommand(mend, this)
    return [
      new NoteRow({ label: reason, icon: 'info', color: 'list.warningForeground' }, this.cluster),
      new NoteRow({ label: title, icon, command: { title, command, arguments: args ?? [] } }, this.cluster),
    ]
  }

  #tooltip(word: string, reason: string | null): MarkdownString {
    const { context, standing, operatorNamespace, clusterId } = this.cluster
    const { cluster, user, server, name, namespace } = context
    const status = 'status' in standing ? standing.status : null
    const facts = [
      ['Context', name],
      ['Cluster', cluster],
      ['API server', server],
      ['User', user],
      ['Namespace', namespace],
      ['Cluster id', clusterId],
      ['Operator', status && `${status.version} in ${operatorNamespace}`],
    ].filter((fact): fact is [string, string] => Boolean(fact[1]))
    const text = new MarkdownString()
    text
      .appendMarkdown('**')
      .appendText(word || 'Not connected')
      .appendMarkdown('**')
    if (reason !== null) text.appendMarkdown('\n\n').appendText(reason)
    text.appendMarkdown('\n\n')
    for (const [label, value] of facts) text.appendText(`${label}: ${value}`).appendMarkdown('  \n')
    return text
  }
}

function plainIcon(mode: Mode): ThemeIcon | ReturnType<typeof glyphIcon> {
  if (mode === 'connecting') return new ThemeIcon('loading~spin')
  if (mode === 'unreachable') return new ThemeIcon('debug-disconnect', new ThemeColor('disabledForeground'))
  return glyphIcon(null, mode)
}
