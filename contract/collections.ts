import { z } from 'zod'

/** The three kinds that public operators send. */
export const collectionTypes = ['cluster-metadata', 'resource-inventory', 'resource-configuration-patterns'] as const

/** At most this many bytes of body. */
export const COLLECTION_MAX_BYTES = 1024 * 1024

export const collectionIdSchema = z.string().regex(/^coll_[0-9A-Za-z_-]{32}$/)

/** `POST /v1/collections`. `data` is kept as it came; only its id and time are read. */
export const collectionSchema = z.object({
  version: z.literal('v1.0.0'),
  type: z.enum(collectionTypes),
  data: z.looseObject({
    collectionId: collectionIdSchema,
    timestamp: z.iso.datetime().optional(),
    clusterId: z.string().max(128).optional(),
  }),
  sanitization: z.object({
    rulesApplied: z.array(z.string().max(128)).max(256),
    timestamp: z.iso.datetime(),
  }),
})
export type Collection = z.infer<typeof collectionSchema>

/** `stored` is false when this collection had been stored before. */
export const collectionReceiptSchema = z.object({
  status: z.literal('accepted'),
  collectionId: collectionIdSchema,
  stored: z.boolean(),
})
export type CollectionReceipt = z.infer<typeof collectionReceiptSchema>
