import type { ObjectReference } from '../frame/object-reference.ts'

/** Kinds whose pods write logs. */
const KINDS = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'])

export function hasLogs({ kind, apiVersion }: Pick<ObjectReference, 'kind' | 'apiVersion'>): boolean {
  return KINDS.has(kind) && ['v1', 'apps/v1', 'batch/v1'].includes(apiVersion)
}
