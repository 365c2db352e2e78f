import type { Cluster } from '../cluster/cluster.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'

/**
 * What a command was called on: a row of the tree. The palette calls with nothing, and a command then asks which cluster, by
 * `chooseCluster`. Rows have more than this; commands look at no more.
 */
export interface CommandTarget {
  readonly cluster: Cluster
  /** Null on the row of a cluster or of a list. */
  readonly object: ObjectReference | null
}
