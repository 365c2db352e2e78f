import { clusterReferenceSchema } from '#contract/cluster-report.ts'
import type { ClusterReference } from '#contract/cluster-report.ts'

const PATH = /^\/ui\/teams\/([^/]+)\/clusters\/([^/]+)\/?$/

/** The cluster that an address names, or null when it names none. */
export function referenceOf(pathname: string): ClusterReference | null {
  const [, teamId, clusterId] = PATH.exec(pathname) ?? []
  return clusterReferenceSchema.safeParse({ teamId, clusterId }).data ?? null
}
