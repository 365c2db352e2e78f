import { objectReferenceSchema } from '../webviews/frame/object-reference.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'

export const YAML_SCHEME = 'kube9'

/** Parts of the address of an object's document. Its last segment is the tab's title. */
export function yamlUriParts(reference: ObjectReference): { scheme: string; path: string; query: string } {
  const { context, namespace, kind, name } = reference
  const folder = [context, ...(namespace === null ? [] : [namespace])].map((part) => part.replaceAll('/', '∕'))
  return {
    scheme: YAML_SCHEME,
    path: `/${folder.join('/')}/${kind} ${name.replaceAll('/', '∕')}.yaml`,
    query: JSON.stringify(reference),
  }
}

/** Null for what is no address of ours. */
export function referenceOf(query: string): ObjectReference | null {
  try {
    return objectReferenceSchema.safeParse(JSON.parse(query)).data ?? null
  } catch {
    return null
  }
}
