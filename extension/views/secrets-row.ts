import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode'
import type { Cluster } from '../cluster/cluster.ts'
import { namespaceKind, secretKind } from '../lists/kinds.ts'
import { ObjectList } from '../lists/object-list.ts'
import { faultRows } from './fault-rows.ts'
import { ListRow } from './list-row.ts'
import type { ListPlace } from './list-row.ts'
import type { HoldingNode, RenewableNode, TreeNode } from './tree-node.ts'

const ALL_PAGES = 20

/**
 * Secrets, by their names alone. A list over all namespaces would have to come with metadata, whose annotations may repeat the
 * values; so there is a list for each namespace, which comes without.
 */
export class SecretsRow implements RenewableNode, HoldingNode {
  readonly cluster: Cluster
  readonly object = null
  readonly #place: ListPlace
  readonly #namespaces: ObjectList
  readonly #lists = new Map<string, ListRow>()

  constructor(place: ListPlace) {
    this.cluster = place.cluster
    this.#place = place
    this.#namespaces = new ObjectList(place.cluster.api, namespaceKind, null)
  }

  item(): TreeItem {
    const item = new TreeItem(secretKind.label, TreeItemCollapsibleState.Collapsed)
    const namespace = this.#place.namespace()
    item.id = `${this.cluster.context.name}/${secretKind.resource}`
    item.iconPath = new ThemeIcon(secretKind.icon)
    item.description = namespace === null ? 'names only' : `in ${namespace}, names only`
    item.contextValue = 'list namespaced'
    return item
  }

  async children(): Promise<TreeNode[]> {
    const chosen = this.#chosen()
    if (chosen) return chosen.children()
    const namespaces = this.#namespaces
    await namespaces.load()
    if (namespaces.hasMore) await namespaces.loadMore(ALL_PAGES)
    const rows = namespaces.objects.map(({ name }) => this.#listOf(name))
    return namespaces.fault ? [...rows, ...faultRows(namespaces.fault, this)] : rows
  }

  holds(list: RenewableNode): boolean {
    return [...this.#lists.values()].some((row) => row === list)
  }

  async reload(): Promise<void> {
    const chosen = this.#chosen()
    if (chosen) return chosen.reload()
    await this.#namespaces.reload()
    this.#place.redraw(this)
  }

  async renew(): Promise<void> {
    await this.#chosen()?.renew()
  }

  async reloadWhenOld(): Promise<void> {
    await this.#chosen()?.reloadWhenOld()
  }

  /** The list of the one namespace to which the tree is narrowed. Its rows stand below this one, it has none of its own. */
  #chosen(): ListRow | null {
    const namespace = this.#place.namespace()
    return namespace === null ? null : this.#listOf(namespace)
  }

  #listOf(namespace: string): ListRow {
    const known = this.#lists.get(namespace)
    if (known) return known
    const { cluster, redraw } = this.#place
    const row: ListRow = new ListRow({
      cluster,
      redraw: () => redraw(this.#chosen() === row ? this : row),
      kind: secretKind,
      namespace: () => namespace,
      label: namespace,
    })
    this.#lists.set(namespace, row)
    return row
  }
}
