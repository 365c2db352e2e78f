import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KubernetesApi } from './kubernetes-api.ts'

const namespaceSchema = z.object({ metadata: z.object({ uid: z.string().min(1) }) })

/** `sha256:` and the hash of the UID of `kube-system`, which lives as long as the cluster. Throws a `KubernetesError`. */
export async function readClusterIdentifier(api: KubernetesApi): Promise<string> {
  const { metadata } = await api.call('/api/v1/namespaces/kube-system', namespaceSchema)
  return `sha256:${createHash('sha256').update(metadata.uid).digest('hex')}`
}
