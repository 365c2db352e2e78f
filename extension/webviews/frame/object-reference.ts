import { z } from 'zod'

/** Names one object of one cluster, so that it can be found again after a reload of the window. */
export const objectReferenceSchema = z.object({
  context: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  /** As it stands in the path, such as `deployments`. */
  resource: z.string(),
  /** Null for what belongs to no namespace. */
  namespace: z.string().nullable(),
  name: z.string(),
})
export type ObjectReference = z.infer<typeof objectReferenceSchema>

/** Where the objects of a kind are listed. */
export function collectionPath({
  apiVersion,
  resource,
  namespace,
}: Pick<ObjectReference, 'apiVersion' | 'resource' | 'namespace'>): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const scope = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `${root}${scope}/${encodeURIComponent(resource)}`
}

export function objectPath(reference: ObjectReference): string {
  return `${collectionPath(reference)}/${encodeURIComponent(reference.name)}`
}
