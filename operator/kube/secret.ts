import { z } from 'zod'
import type { KubernetesApi } from './kubernetes-api.ts'

const MERGE_PATCH = 'application/merge-patch+json'

const secretSchema = z.object({ data: z.record(z.string(), z.string()).nullish() })

export interface SecretText {
  namespace: string
  name: string
  key: string
}

/** The decoded text under the Secret's key, or null when the key is missing. Throws a `KubernetesError`. */
export async function readSecret(api: KubernetesApi, target: SecretText): Promise<string | null> {
  const secret = await api.call(pathOf(target), secretSchema)
  const encoded = secret.data?.[target.key]
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8')
}

/** Writes the text into a Secret that is there already: the operator may make none. Throws a `KubernetesError`. */
export async function writeSecret(api: KubernetesApi, target: SecretText, text: string): Promise<void> {
  const body = { data: { [target.key]: Buffer.from(text).toString('base64') } }
  await api.call(pathOf(target), z.unknown(), { method: 'PATCH', body, contentType: MERGE_PATCH })
}

function pathOf({ namespace, name }: SecretText): string {
  return `/api/v1/namespaces/${namespace}/secrets/${name}`
}
