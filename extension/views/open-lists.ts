import type { Cluster } from '../cluster/cluster.ts'
import type { Mode } from '../cluster/standing.ts'
import { isHolding, isRenewable } from './tree-node.ts'
import type { HoldingNode, RenewableNode, TreeNode } from './tree-node.ts'

/** Below the row of a cluster that is so, there is no list. */
const LISTLESS: readonly Mode[] = ['connecting', 'unreachable']

/** The lists that a person opened, and which of them are in sight. Without `vscode`, so that Node can test it. */
export class OpenLists {
  readonly #open = new Set<RenewableNode>()
  /** The editor tells of such a row alone; the lists below it stay open, and are in sight again with it. */
  readonly #collapsed = new Set<HoldingNode>()
  readonly #renewing = new Set<Cluster>()

  async opened(node: TreeNode): Promise<void> {
    if (isHolding(node) && this.#collapsed.delete(node)) void this.#renewThoseOf(node.cluster)
    if (!isRenewable(node)) return
    this.#open.add(node)
    await node.reloadWhenOld()
  }

  closed(node: TreeNode): void {
    if (isHolding(node)) this.#collapsed.add(node)
    if (isRenewable(node)) this.#open.delete(node)
  }

  /** Lets go of what is of none of these clusters. */
  forgetOthers(clusters: readonly Cluster[]): void {
    for (const list of this.#open) if (!clusters.includes(list.cluster)) this.#open.delete(list)
    for (const row of this.#collapsed) if (!clusters.includes(row.cluster)) this.#collapsed.delete(row)
  }

  /** Clusters side by side, so that one that does not answer delays no other. */
  renew(): void {
    const clusters = new Set([...this.#open].map(({ cluster }) => cluster))
    for (const cluster of clusters) void this.#renewThoseOf(cluster)
  }

  /** One after the other, so that many open lists are no burst. */
  async #renewThoseOf(cluster: Cluster): Promise<void> {
    if (this.#renewing.has(cluster)) return
    this.#renewing.add(cluster)
    for (const list of this.#open) if (list.cluster === cluster && this.#isInSight(list)) await list.renew()
    this.#renewing.delete(cluster)
  }

  #isInSight(list: RenewableNode): boolean {
    if (LISTLESS.includes(list.cluster.standing.mode)) return false
    return ![...this.#collapsed].some((row) => row.holds(list))
  }
}
