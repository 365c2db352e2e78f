import type { Change } from '../change.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import type { Standing } from './standing.ts'

/** A context of the merged kubeconfig. `server` is for people; credentials stay inside the API. */
export interface KubeContext {
  name: string
  cluster: string
  user: string
  namespace: string | null
  server: string
  isCurrent: boolean
  /** A command or a provider gives its credentials, which may open a login window: never asked for unless a person wants to. */
  hasPlugin: boolean
}

/** One context, alive: what was found out about its cluster so far. */
export interface Cluster {
  readonly context: KubeContext
  readonly api: KubeApi
  readonly standing: Standing
  /** sha256 of the kube-system UID; null while unread, or where it may not be read. */
  readonly identifier: string | null
  /** The id in the status, else the one derived from the identifier; null while neither is known. Gives the glyph. */
  readonly clusterId: string | null
  /** Where the operator was found; null without one. */
  readonly operatorNamespace: string | null
  readonly changed: Pick<Change, 'listen'>
  /** Looks now, and from then on watches the status. Resolves when the first look is over; never rejects. */
  connect(): Promise<void>
  /** Looks again at once, such as after a fault. */
  refresh(): Promise<void>
  /** A person wants something of it: a credential plugin that failed may run again, though it could open a login window. */
  allowSignIn(): void
}

/** All contexts of the kubeconfigs, kept up to date while files change. */
export interface ClusterRegistry {
  readonly clusters: readonly Cluster[]
  /** Why the kubeconfig could not be read; null when it could. */
  readonly fault: string | null
  readonly changed: Pick<Change, 'listen'>
  /** Resolves once the kubeconfigs were read for the first time; nothing is read before somebody asks. Never rejects. */
  ready(): Promise<void>
  find(contextName: string): Cluster | undefined
}
