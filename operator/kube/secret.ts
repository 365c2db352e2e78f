import { z } from 'zod'
import type { KubernetesApi } from './kubernetes-api.ts'
import { KubernetesError } from './kubernetes-error.ts'

const MERGE_PATCH = 'application/merge-patch+json'
const TRIES_TO_FILL = 5

const secretSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  data: z.record(z.string(), z.string()).nullish(),
})

export interface SecretText {
  namespace: string
  name: string
  key: string
}

/** The decoded text under the Secret's key, or null when the key is missing. Throws a `KubernetesError`. */
export async function readSecret(api: KubernetesApi, target: SecretText): Promise<string | null> {
  return (await readVersioned(api, target)).text
}

/** Writes the text into a Secret that is there already: the operator may make none. Throws a `KubernetesError`. */
export async function writeSecret(api: KubernetesApi, target: SecretText, text: string): Promise<void> {
  await patch(api, target, { data: encoded(target, text) })
}

/**
 * Puts a text into the Secret where it has none, and answers with what stands there then. What somebody wrote in between is never
 * overwritten: the API server compares versions. Throws a `KubernetesError`.
 */
export async function fillSecret(api: KubernetesApi, target: SecretText, make: () => string): Promise<string> {
  for (let tries = 1; ; tries++) {
    const { text, resourceVersion } = await readVersioned(api, target)
    if (text !== null && text !== '') return text
    const made = make()
    try {
      await patch(api, target, { metadata: { resourceVersion }, data: encoded(target, made) })
      return made
    } catch (error) {
      const wasChanged = error instanceof KubernetesError && error.status === 409
      if (!wasChanged || tries === TRIES_TO_FILL) throw error
    }
  }
}

async function readVersioned(
  api: KubernetesApi,
  target: SecretText,
): Promise<{ text: string | null; resourceVersion: string }> {
  const { metadata, data } = await api.call(pathOf(target), secretSchema)
  const value = data?.[target.key]
  const text = value === undefined ? null : Buffer.from(value, 'base64').toString('utf8')
  return { text, resourceVersion: metadata.resourceVersion }
}

async function patch(api: KubernetesApi, target: SecretText, body: object): Promise<void> {
  await api.call(pathOf(target), z.unknown(), { method: 'PATCH', body, contentType: MERGE_PATCH })
}

function encoded({ key }: SecretText, text: string): Record<string, string> {
  return { [key]: Buffer.from(text).toString('base64') }
}

function pathOf({ namespace, name }: SecretText): string {
  return `/api/v1/namespaces/${namespace}/secrets/${name}`
}
