import { collectionPath } from '../webviews/frame/object-reference.ts'

/** A kind of which the tree has a list. */
export interface ListedKind {
  kind: string
  /** Of the list's row. */
  label: string
  apiVersion: string
  resource: string
  namespaced: boolean
  /** A codicon. */
  icon: string
  /** Lists of one namespace come without metadata: a Secret's annotations may hold its values. */
  cellsOnly: boolean
  path(namespace: string | null): string
}

type Named = Pick<ListedKind, 'kind' | 'label' | 'apiVersion' | 'resource' | 'icon'> &
  Partial<Pick<ListedKind, 'namespaced' | 'cellsOnly'>>

function listed(named: Named): ListedKind {
  const { apiVersion, resource } = named
  return {
    namespaced: true,
    cellsOnly: false,
    ...named,
    path: (namespace) => collectionPath({ apiVersion, resource, namespace }),
  }
}

const apps = (kind: string, icon: string) => {
  const label = `${kind}s`
  return listed({ kind, label, apiVersion: 'apps/v1', resource: label.toLowerCase(), icon })
}

const core = (kind: string, icon: string, more: Partial<ListedKind> = {}) => {
  const label = `${kind}s`
  return listed({ kind, label, apiVersion: 'v1', resource: label.toLowerCase(), icon, ...more })
}

const batch = (kind: string, icon: string) => {
  const label = `${kind}s`
  return listed({ kind, label, apiVersion: 'batch/v1', resource: label.toLowerCase(), icon })
}

export interface KindGroup {
  label: string
  icon: string
  kinds: ListedKind[]
}

export const namespaceKind = core('Namespace', 'symbol-namespace', { namespaced: false })
export const secretKind = core('Secret', 'lock', { cellsOnly: true })

/** What stands below a cluster, from top to bottom. */
export const sections: (ListedKind | KindGroup)[] = [
  core('Node', 'server', { namespaced: false }),
  namespaceKind,
  {
    label: 'Workloads',
    icon: 'layers',
    kinds: [
      apps('Deployment', 'rocket'),
      apps('StatefulSet', 'database'),
      apps('DaemonSet', 'server-process'),
      apps('ReplicaSet', 'versions'),
      batch('Job', 'play-circle'),
      batch('CronJob', 'watch'),
    ],
  },
  core('Pod', 'package'),
  core('Service', 'plug'),
  listed({
    kind: 'Ingress',
    label: 'Ingresses',
    apiVersion: 'networking.k8s.io/v1',
    resource: 'ingresses',
    icon: 'globe',
  }),
  { label: 'Configuration', icon: 'settings', kinds: [core('ConfigMap', 'json'), secretKind] },
  core('Event', 'history'),
]
