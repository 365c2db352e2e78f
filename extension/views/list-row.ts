import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import type { ListedKind } from '../lists/kinds.ts'
import { ObjectList } from '../lists/object-list.ts'
import { faultRows } from './fault-rows.ts'
import { NoteRow } from './note-row.ts'
import { ObjectRow } from './object-row.ts'
import type { Redraw, RenewableNode, TreeNode } from './tree-node.ts'

/** A list that was drawn longer ago is read anew when it is opened again. */
const FRESH_MS = 5_000
const MANY_PAGES = 20

export interface ListPlace {
  cluster: Cluster
  kind: ListedKind
  /** The namespace to which the cluster's lists are narrowed; null for all. */
  namespace: () => string | null
  redraw: Redraw
  /** In the place of the kind's own label, such as the namespace of a list of secrets. */
  label?: string
}

const counted = new Intl.NumberFormat('en')

/** A list of objects of a kind, page by page. */
export class ListRow implements RenewableNode {
  readonly cluster: Cluster
  readonly object = null
  readonly #place: ListPlace
  #list: ObjectList

  constructor(place: ListPlace) {
    this.cluster = place.cluster
    this.#place = place
    this.#list = this.#newList()
  }

  item(): TreeItem {
    const { kind, label } = this.#place
    const item = new TreeItem(label ?? kind.label, TreeItemCollapsibleState.Collapsed)
    item.id = [this.cluster.context.name, kind.resource, label].filter(Boolean).join('/')
    item.iconPath = new ThemeIcon(label === undefined ? kind.icon : 'symbol-namespace')
    const { namespace } = this.#current()
    if (namespace !== null && label === undefined) item.description = `in ${namespace}`
    item.contextValue = kind.namespaced ? 'list namespaced' : 'list'
    return item
  }

  async children(): Promise<TreeNode[]> {
    const list = this.#current()
    await list.load()
    const { objects, fault, kind } = list
    const isFiltered = list.namespace !== null
    const rows: TreeNode[] = objects.map((listed) => new ObjectRow(this.cluster, kind, listed, isFiltered))
    if (fault) return [...rows, ...faultRows(fault, this)]
    if (list.hasMore) rows.push(this.#moreRow(list))
    return rows.length > 0 ? rows : [this.#emptyRow(list)]
  }

  async loadMore(pages = 1): Promise<void> {
    await this.#current().loadMore(pages)
    this.#place.redraw(this)
  }

  loadAll(): Promise<void> {
    return this.loadMore(MANY_PAGES)
  }

  async reload(): Promise<void> {
    await this.#current().reload()
    this.#place.redraw(this)
  }

  async renew(): Promise<void> {
    if (await this.#current().renew()) this.#place.redraw(this)
  }

  async reloadWhenOld(): Promise<void> {
    const { readAt } = this.#current()
    if (readAt !== null && Date.now() - readAt > FRESH_MS) await this.reload()
  }

  /** Another namespace is another list; what was read of the one before is let go. */
  #current(): ObjectList {
    const { kind, namespace } = this.#place
    if (kind.namespaced && this.#list.namespace !== namespace()) this.#list = this.#newList()
    return this.#list
  }

  #newList(): ObjectList {
    const { cluster, kind, namespace } = this.#place
    return new ObjectList(cluster.api, kind, namespace())
  }

  #moreRow({ remaining, kind }: ObjectList): TreeNode {
    const isKnown = remaining !== null && remaining > 0
    const note = {
      label: 'Load more…',
      icon: 'ellipsis',
      tooltip: `Load the next 500 ${kind.label.toLowerCase()}`,
      contextValue: 'more',
      command: { title: 'Load more', command: 'kube9.loadMore', arguments: [this] },
      ...(isKnown ? { description: `${counted.format(remaining)} more` } : {}),
    }
    return Object.assign(new NoteRow(note, this.cluster), { list: this })
  }

  #emptyRow({ kind, namespace }: ObjectList): TreeNode {
    const where = namespace === null ? '' : ` in ${namespace}`
    return new NoteRow({ label: `No ${kind.label.toLowerCase()}${where}`, icon: 'blank' }, this.cluster)
  }
}
