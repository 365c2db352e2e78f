import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import type { NameBook } from './name-book.ts'

/** What reading the cluster for a collection needs. */
export interface GatherContext {
  api: KubernetesApi
  names: NameBook
  now: Date
}

/** Objects with their bodies, which may be 10 KB each: smaller than other pages, since a page is in memory as a whole. */
export const PAGE_SIZE = 250

/** Objects without their bodies. */
export const NAMES_PAGE_SIZE = 500
