import { z } from 'zod'
import { NAMES_SECRET, createPseudonymizer } from '#contract/pseudonyms.ts'
import type { Pseudonymizer } from '#contract/pseudonyms.ts'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault } from '../kube/kube-error.ts'

const secretSchema = z.object({ data: z.record(z.string(), z.string()).nullish() })

/** The rule of a Role in the operator's namespace by which somebody may read the salt. */
export const SALT_RULE = `{apiGroups: [""], resources: ["secrets"], resourceNames: ["${NAMES_SECRET.name}"], verbs: ["get"]}`

/** What computes pseudonyms as the cluster's operator does; null while there is no salt. Throws a `KubeError`. */
export async function readSalt(api: KubeApi, namespace: string, signal: AbortSignal): Promise<Pseudonymizer | null> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${NAMES_SECRET.name}`
  try {
    const { data } = await api.call(path, secretSchema, { signal })
    const salt = Buffer.from(data?.[NAMES_SECRET.key] ?? '', 'base64')
      .toString('utf8')
      .trim()
    return await createPseudonymizer(salt)
  } catch (error) {
    // No Secret, or one that its operator has not filled.
    if (isKubeFault(error, 'not-found') || error instanceof z.ZodError) return null
    throw error
  }
}
