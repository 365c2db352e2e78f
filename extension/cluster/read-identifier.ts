import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KubeApi } from '../kube/kube-api.ts'

const TIMEOUT_MS = 5_000
const namespaceSchema = z.object({ metadata: z.object({ uid: z.string().min(1) }) })

/** `sha256:` and the hash of the UID of `kube-system`, which lives as long as the cluster. Throws a `KubeError`. */
export async function readIdentifier(api: KubeApi): Promise<string> {
  const { metadata } = await api.call('/api/v1/namespaces/kube-system', namespaceSchema, { timeoutMs: TIMEOUT_MS })
  return `sha256:${createHash('sha256').update(metadata.uid).digest('hex')}`
}
