import type { KubernetesApi } from '../kube/kubernetes-api.ts'
import type { NameBook } from './name-book.ts'

/** What reading the cluster for a collection needs. */
export interface GatherContext {
  api: KubernetesApi
  names: NameBook
  now: Date
}

export const PAGE_SIZE = 500
