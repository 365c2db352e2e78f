import { z } from 'zod'

export const eventTypes = ['cluster', 'operator', 'insight', 'assessment', 'health', 'system'] as const
export const eventSeverities = ['info', 'warning', 'error', 'critical'] as const

/** Options of `kube9-operator query events list`. */
export const eventQuerySchema = z.object({
  objectNamespace: z.string().optional(),
  objectKind: z.string().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
  offset: z.coerce.number().int().nonnegative().default(0),
})
export type EventQuery = z.infer<typeof eventQuerySchema>

export const storedEventSchema = z.object({
  id: z.string(),
  event_type: z.enum(eventTypes),
  severity: z.enum(eventSeverities),
  title: z.string(),
  description: z.string(),
  object_kind: z.string().nullable(),
  object_namespace: z.string().nullable(),
  object_name: z.string().nullable(),
  metadata: z.object({
    reason: z.string().optional(),
    count: z.int().optional(),
    first_timestamp: z.iso.datetime().optional(),
    last_timestamp: z.iso.datetime().optional(),
  }),
  created_at: z.iso.datetime(),
})
export type StoredEvent = z.infer<typeof storedEventSchema>

/** The only thing that the query prints on stdout. */
export const eventListSchema = z.object({
  events: z.array(storedEventSchema),
  pagination: z.object({ total: z.int(), limit: z.int(), offset: z.int(), returned: z.int() }),
})
export type EventList = z.infer<typeof eventListSchema>

/** What a failing query prints on stderr, with exit code 1. */
export const queryFailureSchema = z.object({ error: z.string(), details: z.string() })
