import { z } from 'zod'
import type { KubernetesApi } from './kubernetes-api.ts'
import { isNotFound } from './kubernetes-error.ts'
import type { Owner } from './deployment.ts'

const MERGE_PATCH = 'application/merge-patch+json'

const configMapSchema = z.object({ data: z.record(z.string(), z.string()).default({}) })

export interface ConfigMapText {
  namespace: string
  name: string
  key: string
  labels: Record<string, string>
}

/** The text under the ConfigMap's key, or null when either is missing. */
export async function readConfigMap(api: KubernetesApi, target: Omit<ConfigMapText, 'labels'>): Promise<string | null> {
  try {
    const configMap = await api.call(pathOf(target), configMapSchema)
    return configMap.data[target.key] ?? null
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

export interface WriteOptions {
  /** Whoever takes the ConfigMap along when it goes. */
  owner: Owner | null
  /** False for the last write, so that an uninstall that was faster leaves nothing behind. */
  mayCreate: boolean
  timeoutMs?: number
}

/** Writes the text, and makes the ConfigMap where it is missing. Throws a `KubernetesError`. */
export async function writeConfigMap(
  api: KubernetesApi,
  target: ConfigMapText,
  text: string,
  { owner, mayCreate, timeoutMs }: WriteOptions,
): Promise<void> {
  const timeout = timeoutMs === undefined ? {} : { timeoutMs }
  const data = { [target.key]: text }
  try {
    const body = { metadata: { labels: target.labels }, data }
    await api.call(pathOf(target), z.unknown(), { method: 'PATCH', body, contentType: MERGE_PATCH, ...timeout })
  } catch (error) {
    if (!isNotFound(error) || !mayCreate) throw error
    // Only at its birth: where owners are guarded, changing one later asks for the right to delete.
    const metadata = { name: target.name, labels: target.labels, ...ownership(owner) }
    const path = `/api/v1/namespaces/${target.namespace}/configmaps`
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
    await api.call(path, z.unknown(), { method: 'POST', body, ...timeout })
  }
}

function ownership(owner: Owner | null): { ownerReferences?: object[] } {
  if (!owner) return {}
  return { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner.name, uid: owner.uid }] }
}

function pathOf({ namespace, name }: { namespace: string; name: string }): string {
  return `/api/v1/namespaces/${namespace}/configmaps/${name}`
}
