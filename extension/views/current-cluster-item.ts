import { StatusBarAlignment, window } from 'vscode'
import type { Disposable, StatusBarItem } from 'vscode'
import type { Cluster, ClusterRegistry } from '../cluster/cluster.ts'
import { glyphText } from './glyph-text.ts'
import { standingLabel } from './standing-label.ts'

const PRIORITY = 20
const MOST_CHARACTERS = 32

/** The current context in the status bar, once the kubeconfigs were read for somebody; a click opens it. */
export function showCurrentCluster(clusters: ClusterRegistry): Disposable[] {
  let item: StatusBarItem | null = null
  let shown: { cluster: Cluster; listening: { dispose(): void } } | null = null
  const draw = () => {
    if (shown) drawItem((item ??= createItem()), shown.cluster)
    else item?.hide()
  }
  const look = () => {
    const current = clusters.clusters.find(({ context }) => context.isCurrent)
    if (current !== shown?.cluster) {
      shown?.listening.dispose()
      shown = current ? { cluster: current, listening: current.changed.listen(draw) } : null
    }
    draw()
  }
  return [
    clusters.changed.listen(look),
    {
      dispose: () => {
        shown?.listening.dispose()
        item?.dispose()
      },
    },
  ]
}

function createItem(): StatusBarItem {
  const item = window.createStatusBarItem('kube9.currentCluster', StatusBarAlignment.Left, PRIORITY)
  item.name = 'kube9: current cluster'
  return item
}

function drawItem(item: StatusBarItem, cluster: Cluster): void {
  const { name } = cluster.context
  const { word, reason } = standingLabel(cluster.standing)
  const short = name.length > MOST_CHARACTERS ? `…${name.slice(1 - MOST_CHARACTERS)}` : name
  const said = word === '' ? name : `${name}: ${word}`
  item.text = [glyphText(cluster.clusterId), short, word].filter(Boolean).join(' ')
  item.tooltip = reason === null ? `${said}. Open cluster` : `${said}. ${reason}`
  item.accessibilityInformation = { label: `kube9, current cluster ${said}`, role: 'button' }
  item.command = { title: 'Open cluster', command: 'kube9.openCluster', arguments: [{ cluster, object: null }] }
  item.show()
}
