import { z } from 'zod'

const texts = z.record(z.string(), z.string())

const ownerSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  controller: z.boolean().optional(),
})

/** What every object has. The rest is kept as it came. */
export const kubeObjectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().nullish(),
    deletionTimestamp: z.string().nullish(),
    labels: texts.nullish(),
    annotations: texts.nullish(),
    finalizers: z.array(z.string()).nullish(),
    ownerReferences: z.array(ownerSchema).nullish(),
  }),
})
export type KubeObject = z.infer<typeof kubeObjectSchema>
export type OwnerReference = z.infer<typeof ownerSchema>

/** An object as far as the editor may see it. Of a Secret that is how large its values are, never what they say. */
export interface SeenObject {
  object: KubeObject
  /** Bytes by key; null for what is no Secret. */
  secretSizes: Record<string, number> | null
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** Shorter texts are found in anything. */
const TELLING_LENGTH = 4

const secretSchema = z.looseObject({ data: texts.nullish(), stringData: texts.nullish() })

/** Takes the values of a Secret away, at the one place where objects come in. */
export function seeObject(object: KubeObject, kind: string): SeenObject {
  if (kind !== 'Secret' && object.kind !== 'Secret') return { object, secretSizes: null }
  const { data, stringData, ...rest } = secretSchema.parse(object)
  const encoded = Object.entries(data ?? {})
  const plain = Object.entries(stringData ?? {})
  const sizes = Object.fromEntries([
    ...encoded.map(([key, value]) => [key, Buffer.from(value, 'base64').length] as const),
    ...plain.map(([key, value]) => [key, Buffer.byteLength(value)] as const),
  ])
  const values = [
    ...encoded.flatMap(([, value]) => [value, Buffer.from(value, 'base64').toString()]),
    ...plain.flatMap(([, value]) => [value, Buffer.from(value).toString('base64')]),
  ]
  const { metadata } = object
  return {
    object: {
      ...rest,
      metadata: {
        ...metadata,
        ...(metadata.annotations && { annotations: withoutValues(metadata.annotations, values) }),
        ...(metadata.labels && { labels: withoutValues(metadata.labels, values) }),
      },
      data: Object.fromEntries(Object.entries(sizes).map(([key, bytes]) => [key, hiddenText(bytes)])),
    },
    secretSizes: sizes,
  }
}

export function hiddenText(bytes: number): string {
  return bytes === 1 ? '(1 byte, not shown)' : `(${bytes} bytes, not shown)`
}

/** kubectl keeps a copy of the whole Secret in an annotation; others may copy parts of it. */
function withoutValues(entries: Record<string, string>, values: string[]): Record<string, string> {
  const telling = values.filter((value) => value.length >= TELLING_LENGTH)
  return Object.fromEntries(
    Object.entries(entries).map(([key, text]) => {
      const tells = key === LAST_APPLIED || telling.some((value) => text.includes(value))
      return [key, tells ? '(holds values of the Secret, not shown)' : text]
    }),
  )
}
