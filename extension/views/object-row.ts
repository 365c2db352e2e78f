import { ThemeColor, ThemeIcon, TreeItem } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { ListedKind } from '../lists/kinds.ts'
import type { ListedObject } from '../lists/object-list.ts'
import type { RowTone } from '../lists/row-status.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import type { TreeNode } from './tree-node.ts'

const icons: Record<RowTone, ThemeIcon> = {
  plain: new ThemeIcon('circle-outline'),
  busy: new ThemeIcon('sync', new ThemeColor('charts.blue')),
  done: new ThemeIcon('circle-slash', new ThemeColor('disabledForeground')),
  warning: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
  bad: new ThemeIcon('error', new ThemeColor('list.errorForeground')),
}

const spoken: Record<RowTone, string> = { plain: '', busy: 'in progress', done: '', warning: 'warning', bad: 'error' }

/** One object. Its item is made when it is drawn, so that a list of thousands stays light. */
export class ObjectRow implements TreeNode {
  readonly cluster: Cluster
  readonly #kind: ListedKind
  readonly #listed: ListedObject
  /** The list shows one namespace, so that its rows need not name it. */
  readonly #isFiltered: boolean

  constructor(cluster: Cluster, kind: ListedKind, listed: ListedObject, isFiltered: boolean) {
    this.cluster = cluster
    this.#kind = kind
    this.#listed = listed
    this.#isFiltered = isFiltered
  }

  get object(): ObjectReference {
    const { apiVersion, kind, resource } = this.#kind
    const { namespace, name } = this.#listed
    return { context: this.cluster.context.name, apiVersion, kind, resource, namespace, name }
  }

  item(): TreeItem {
    const { label, name, namespace, text, tone } = this.#listed
    const { kind } = this.#kind
    const item = new TreeItem(label)
    const place = this.#isFiltered ? '' : (namespace ?? '')
    item.id = [this.cluster.context.name, kind, namespace, name].join('/')
    item.iconPath = icons[tone]
    item.description = [text, place].filter(Boolean).join('  ·  ')
    item.tooltip = `${kind} ${namespace === null ? name : `${namespace}/${name}`}${text ? `\n${text}` : ''}`
    item.contextValue = `object ${kind}`
    item.accessibilityInformation = {
      label: [kind, label, spoken[tone], text, place].filter(Boolean).join(', '),
      role: 'treeitem',
    }
    item.command = { title: 'Describe', command: 'kube9.describe', arguments: [this] }
    return item
  }

  children(): TreeNode[] {
    return []
  }
}
