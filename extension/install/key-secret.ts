import { z } from 'zod'
import type { KubeApi, KubeRequest } from '../kube/kube-api.ts'
import { KubeError, isKubeFault } from '../kube/kube-error.ts'

export const OPERATOR_NAMESPACE = 'kube9-system'
export const KEY_SECRET = 'kube9-operator-config'

/** Where the operator's Deployment mounts the Secret with the key. */
const KEY_MOUNT = '/etc/kube9/key'
const MERGE_PATCH = 'application/merge-patch+json'

/** A Secret made here is the person's own, not the chart's: helm removes it by its name when the release goes. */
const LABELS = { 'app.kubernetes.io/name': 'kube9-operator', 'app.kubernetes.io/part-of': 'kube9' }

/** Where a key goes. */
export interface KeyPlace {
  namespace: string
  secret: string
}

const anythingSchema = z.unknown()
const secretSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).nullish() }),
})

/** Makes the namespace when it is not there. Throws a `KubeError`. */
export async function ensureNamespace(api: KubeApi, name: string): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  try {
    await api.call('/api/v1/namespaces', anythingSchema, { method: 'POST', body })
  } catch (error) {
    if (!isConflict(error) && !(isKubeFault(error, 'forbidden') && (await isThere(api, name)))) throw error
  }
}

/**
 * Puts the key into its Secret, made when it is not there. A `dryRun` asks the API server whether it would be allowed, admission included,
 * and changes nothing. Throws a `KubeError`, which holds no key.
 */
export async function writeKey(api: KubeApi, place: KeyPlace, key: string, dryRun = false): Promise<void> {
  const query = dryRun ? { dryRun: 'All' } : {}
  const data = { apiKey: Buffer.from(key, 'utf8').toString('base64') }
  const patch: KubeRequest = { method: 'PATCH', contentType: MERGE_PATCH, body: { data }, query }
  const path = `/api/v1/namespaces/${encodeURIComponent(place.namespace)}/secrets`
  const metadata = { name: place.secret, labels: LABELS }
  const body = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data }
  try {
    await api.call(path, anythingSchema, { method: 'POST', body, query })
  } catch (error) {
    if (!isConflict(error)) throw error
    await api.call(`${path}/${place.secret}`, anythingSchema, patch)
  }
}

/** Whether the key came by helm's values: the next upgrade would put the old one back. Not known without the right to read it. */
export async function isKeptByHelm(api: KubeApi, { namespace, secret }: KeyPlace): Promise<boolean> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${secret}`
  try {
    const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
    const { metadata } = await api.call(path, secretSchema, { accept })
    return metadata.labels?.['app.kubernetes.io/managed-by'] === 'Helm'
  } catch (error) {
    if (error instanceof KubeError) return false
    throw error
  }
}

const deploymentsSchema = z.object({
  items: z.array(
    z.object({
      spec: z.object({
        template: z.object({
          spec: z.object({
            containers: z.array(
              z.object({
                volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).nullish(),
              }),
            ),
            volumes: z
              .array(z.object({ name: z.string(), secret: z.object({ secretName: z.string() }).nullish() }))
              .nullish(),
          }),
        }),
      }),
    }),
  ),
})

/** The Secret that an installed operator reads its key from: one of the person's own, where the chart was told so. */
export async function findKeyPlace(api: KubeApi, namespace: string): Promise<KeyPlace> {
  const path = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments`
  const query = { labelSelector: 'app.kubernetes.io/name=kube9-operator', limit: 5 }
  const { items } = await api.call(path, deploymentsSchema, { query }).catch((error: unknown) => {
    if (error instanceof KubeError) return { items: [] }
    throw error
  })
  const pod = items[0]?.spec.template.spec
  const mounts = pod?.containers.flatMap(({ volumeMounts }) => volumeMounts ?? [])
  const volume = mounts?.find(({ mountPath }) => mountPath === KEY_MOUNT)?.name
  const secret = pod?.volumes?.find(({ name }) => name === volume)?.secret?.secretName
  return { namespace, secret: secret ?? KEY_SECRET }
}

function isConflict(error: unknown): boolean {
  return error instanceof KubeError && error.status === 409
}

async function isThere(api: KubeApi, name: string): Promise<boolean> {
  return api.call(`/api/v1/namespaces/${encodeURIComponent(name)}`, anythingSchema).then(
    () => true,
    () => false,
  )
}
