import { Document, isMap, isPair, isScalar } from 'yaml'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import type { SeenObject } from './seen-object.ts'

const SECRET_COMMENT = ' The values of a Secret never come into the editor: here stands how large they are.'

/** The object as YAML, for reading. */
export function objectYaml(
  { object, secretSizes }: SeenObject,
  { reference, showManagedFields }: { reference: ObjectReference; showManagedFields: boolean },
): string {
  const { apiVersion = reference.apiVersion, kind = reference.kind, metadata, ...rest } = object
  const { managedFields, ...shown } = metadata
  const content = { apiVersion, kind, metadata: showManagedFields ? { ...shown, managedFields } : shown, ...rest }
  // kubectl reads YAML 1.1, where on, yes and 12:30 are no strings unless they are quoted.
  const document = new Document(content, { compat: 'yaml-1.1' })
  if (secretSizes) commentData(document)
  return document.toString({ lineWidth: 0, defaultStringType: 'PLAIN' })
}

function commentData(document: Document): void {
  if (!isMap(document.contents)) return
  const data = document.contents.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === 'data')
  if (data && isScalar(data.key)) data.key.commentBefore = SECRET_COMMENT
}
