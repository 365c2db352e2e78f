import { z } from 'zod'
import type { WorkloadBook, WorkloadKey } from './workload-book.ts'

export const ownerReferencesSchema = z
  .array(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional() }))
  .optional()
type OwnerReferences = z.infer<typeof ownerReferencesSchema>

const TEMPLATE_HASH = 'pod-template-hash'

export const podOwnershipSchema = z.object({
  namespace: z.string(),
  labels: z.object({ [TEMPLATE_HASH]: z.string().optional() }).optional(),
  ownerReferences: ownerReferencesSchema,
})
type PodOwnership = z.infer<typeof podOwnershipSchema>

export function controllerOf(references: OwnerReferences) {
  return references?.find(({ controller }) => controller === true)
}

/** The workload that made a pod, or null when it is none of the kinds that are told. */
export function ownerOf(pod: PodOwnership, book: WorkloadBook): WorkloadKey | null {
  const owner = candidateOf(pod, book)
  // Of a workload that is not in the book somebody may only have borrowed the name, unless the book is not whole.
  return owner !== null && (book.get(owner) !== undefined || book.isTruncated) ? owner : null
}

function candidateOf({ namespace, labels, ownerReferences }: PodOwnership, book: WorkloadBook): WorkloadKey | null {
  const controller = controllerOf(ownerReferences)
  if (!controller) return null
  const { kind, name } = controller
  switch (kind) {
    case 'ReplicaSet':
      return deploymentOf(namespace, name, labels?.[TEMPLATE_HASH])
    case 'StatefulSet':
      return { kind: 'statefulset', namespace, name }
    case 'DaemonSet':
      return { kind: 'daemonset', namespace, name }
    case 'Job': {
      const cronJob = book.cronJobOf(namespace, name)
      return cronJob === undefined ? { kind: 'job', namespace, name } : { kind: 'cronjob', namespace, name: cronJob }
    }
    default:
      return null
  }
}

/** A Deployment names its ReplicaSets by itself and the hash that their pods carry as a label. */
function deploymentOf(namespace: string, replicaSet: string, hash: string | undefined): WorkloadKey | null {
  if (!hash || !replicaSet.endsWith(`-${hash}`)) return null
  return { kind: 'deployment', namespace, name: replicaSet.slice(0, -hash.length - 1) }
}
