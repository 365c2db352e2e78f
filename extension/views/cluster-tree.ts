import type { Cluster } from '../cluster/cluster.ts'
import type { Disposable } from '../change.ts'
import { detectAll } from '../cluster/detect-all.ts'
import type { Services } from '../services.ts'
import { ClusterRow } from './cluster-row.ts'
import { NoteRow } from './note-row.ts'
import { OpenLists } from './open-lists.ts'
import type { Redraw, TreeNode } from './tree-node.ts'

const RENEW_EVERY_MS = 10_000

/** The rows of the view, kept for as long as their clusters live: what was read and opened outlives every change around it. */
export class ClusterTree implements Disposable {
  readonly #services: Services
  readonly #redraw: Redraw
  readonly #rows = new Map<Cluster, { row: ClusterRow; face: string; listening: Disposable }>()
  readonly #listening: Disposable[]
  readonly #open = new OpenLists()
  readonly #renewing = setInterval(() => this.#renew(), RENEW_EVERY_MS)
  #isVisible = false

  constructor(services: Services, redraw: Redraw) {
    this.#services = services
    this.#redraw = redraw
    this.#listening = [
      services.clusters.changed.listen(() => this.#adopt()),
      services.namespaceFilter.changed.listen(() => this.#drawChanged()),
    ]
  }

  async roots(): Promise<TreeNode[]> {
    const { clusters } = this.#services
    await clusters.ready()
    const rows = clusters.clusters.map((cluster) => this.#rowOf(cluster))
    return [...(clusters.fault?.split('\n') ?? []).map(kubeconfigFault), ...rows]
  }

  /** Nothing is asked of any cluster while nobody looks. */
  async show(isVisible: boolean): Promise<void> {
    this.#isVisible = isVisible
    if (!isVisible) return
    await this.#services.clusters.ready()
    await detectAll(this.#services.clusters.clusters)
  }

  opened(node: TreeNode): Promise<void> {
    return this.#open.opened(node)
  }

  closed(node: TreeNode): void {
    this.#open.closed(node)
  }

  dispose(): void {
    clearInterval(this.#renewing)
    for (const listening of this.#listening) listening.dispose()
    for (const { listening } of this.#rows.values()) listening.dispose()
  }

  #renew(): void {
    if (this.#isVisible) this.#open.renew()
  }

  #adopt(): void {
    const { clusters } = this.#services.clusters
    this.#open.forgetOthers(clusters)
    for (const [cluster, { listening }] of this.#rows) {
      if (clusters.includes(cluster)) continue
      listening.dispose()
      this.#rows.delete(cluster)
    }
    this.#redraw()
    if (this.#isVisible) void detectAll(clusters)
  }

  #rowOf(cluster: Cluster): ClusterRow {
    const known = this.#rows.get(cluster)
    if (known) return known.row
    const row = new ClusterRow({ cluster, filter: this.#services.namespaceFilter, redraw: this.#redraw })
    const listening = cluster.changed.listen(() => this.#drawChanged(cluster))
    this.#rows.set(cluster, { row, face: row.face, listening })
    return row
  }

  /** A status comes every minute, and mostly says the same. */
  #drawChanged(only?: Cluster): void {
    for (const [cluster, entry] of this.#rows) {
      if (only && cluster !== only) continue
      const { face } = entry.row
      if (face === entry.face) continue
      entry.face = face
      this.#redraw(entry.row)
    }
  }
}

function kubeconfigFault(text: string): TreeNode {
  const command = { title: 'Open the kubeconfig', command: 'kube9.openKubeconfig' }
  return new NoteRow({ label: text, icon: 'warning', color: 'list.warningForeground', command })
}
