import { z } from 'zod'
import { clusterReferenceSchema } from '#contract/cluster-report.ts'
import { hostMessageSchema, pageMessageSchema } from '#contract/webview-protocol.ts'
import { messageSchema, readyMessageSchema } from '../frame/message.ts'

export const proTargetSchema = clusterReferenceSchema.extend({ context: z.string() })
export type ProTarget = z.infer<typeof proTargetSchema>

/** Extension host → the document around the server's page. */
export const toOuterSchema = z.discriminatedUnion('type', [
  messageSchema('relay', { message: hostMessageSchema }),
  /** What is wrong with the cluster while its page is open; null when nothing is. */
  messageSchema('notice', { notice: z.object({ text: z.string(), button: z.string().nullable() }).nullable() }),
  /** Another account is signed in: the page begins anew. */
  messageSchema('reload', {}),
])
export type ToOuter = z.infer<typeof toOuterSchema>

/** The document around the server's page → extension host. Keys never come this far. */
export const fromOuterSchema = z.discriminatedUnion('type', [
  readyMessageSchema,
  messageSchema('relay', { message: pageMessageSchema }),
  messageSchema('mend', {}),
])
export type FromOuter = z.infer<typeof fromOuterSchema>
