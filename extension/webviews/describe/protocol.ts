import { z } from 'zod'
import { messageSchema, readyMessageSchema } from '../frame/message.ts'
import { objectReferenceSchema } from '../frame/object-reference.ts'
import { toneSchema } from '../frame/tone.ts'

/** A value: words, and how they are meant. */
const cellSchema = z.object({
  text: z.string(),
  tone: toneSchema.optional(),
  /** A name, an address, a quantity: written as code. */
  code: z.boolean().optional(),
  /** A time, which `text` then says for those who read no clock. */
  at: z.string().optional(),
  link: objectReferenceSchema.optional(),
  /** A quieter second line. */
  note: z.string().optional(),
  /** A time that belongs to the note. */
  noteAt: z.string().optional(),
})
export type Cell = z.infer<typeof cellSchema>

const factSchema = z.object({ label: z.string(), values: z.array(cellSchema) })
export type Fact = z.infer<typeof factSchema>

const sectionSchema = z.discriminatedUnion('form', [
  z.object({ form: z.literal('facts'), title: z.string(), facts: z.array(factSchema) }),
  z.object({
    form: z.literal('table'),
    title: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(cellSchema)),
    /** What stands there when there are no rows. */
    empty: z.string(),
    /** Beside the title, such as how many more there are. */
    aside: z.string().optional(),
  }),
  /** Texts that are folded away, such as the values of a ConfigMap. */
  z.object({
    form: z.literal('texts'),
    title: z.string(),
    texts: z.array(z.object({ label: z.string(), size: z.string(), text: z.string().nullable() })),
    empty: z.string(),
  }),
])
export type Section = z.infer<typeof sectionSchema>

const entriesSchema = z.array(z.object({ key: z.string(), value: z.string() }))

const descriptionSchema = z.object({
  reference: objectReferenceSchema,
  status: z.object({ text: z.string(), tone: toneSchema }).nullable(),
  createdAt: z.string().nullable(),
  /** From the nearest owner to the farthest. */
  owners: z.array(cellSchema),
  sections: z.array(sectionSchema),
  labels: entriesSchema,
  annotations: entriesSchema,
  hasLogs: z.boolean(),
})
export type Description = z.infer<typeof descriptionSchema>

const eventSchema = z.object({
  isWarning: z.boolean(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  at: z.string(),
})
export type DescribedEvent = z.infer<typeof eventSchema>

const troubleSchema = z.object({ message: z.string(), mend: z.string().nullable(), rbac: z.string().nullable() })

export const toDescribeSchema = messageSchema('description', {
  target: objectReferenceSchema,
  clusterId: z.string().nullable(),
  /** What was known last; null before anything was. */
  description: descriptionSchema.nullable(),
  /** `live`: as it is now. `deleted`: it was there. `absent`: it was not. `unread`: it could not be read (again). */
  state: z.enum(['loading', 'live', 'deleted', 'absent', 'unread']),
  trouble: troubleSchema.nullable(),
  /** Null before they were read. */
  events: z.array(eventSchema).nullable(),
  eventsTrouble: troubleSchema.nullable(),
})
export type ToDescribe = z.infer<typeof toDescribeSchema>

export const fromDescribeSchema = z.discriminatedUnion('type', [
  readyMessageSchema,
  messageSchema('open', { reference: objectReferenceSchema }),
  messageSchema('view-yaml', {}),
  messageSchema('view-logs', {}),
  messageSchema('copy', { text: z.string().max(4_000) }),
])
export type FromDescribe = z.infer<typeof fromDescribeSchema>
