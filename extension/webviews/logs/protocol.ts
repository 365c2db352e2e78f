import { z } from 'zod'
import { messageSchema } from '../frame/message.ts'
import { objectReferenceSchema } from '../frame/object-reference.ts'
import { toneSchema } from '../frame/tone.ts'

/** Lines that are kept, on both sides. */
export const MAX_LINES = 10_000
export const tailChoices = [100, 1_000, MAX_LINES] as const

/** The pod, and the container to begin with: the first one unless said. */
export const logsTargetSchema = z.object({ pod: objectReferenceSchema, container: z.string().nullable() })
export type LogsTarget = z.infer<typeof logsTargetSchema>

/** What is read. How it is shown is the page's own matter. */
export const logOptionsSchema = z.object({
  /** Null for the first one. */
  container: z.string().nullable(),
  /** The log of the container that ran before the last restart. */
  previous: z.boolean(),
  follow: z.boolean(),
  tailLines: z.int().min(1).max(MAX_LINES),
  sinceSeconds: z.int().positive().nullable(),
})
export type LogOptions = z.infer<typeof logOptionsSchema>

/** Something to be said between the lines. */
const markSchema = z.object({ mark: z.string(), tone: toneSchema })
export type LogMark = z.infer<typeof markSchema>

/** A line as it came, with its time before the first space; or a mark. */
const entrySchema = z.union([z.string(), markSchema])
export type LogEntry = z.infer<typeof entrySchema>

const containerSchema = z.object({
  name: z.string(),
  role: z.enum(['main', 'init', 'sidecar', 'ephemeral']),
  state: z.string(),
  tone: toneSchema,
  restarts: z.int(),
})
export type LogContainer = z.infer<typeof containerSchema>

export const logPhases = ['connecting', 'following', 'waiting', 'ended', 'gone', 'failed'] as const
export type LogPhase = (typeof logPhases)[number]

export const toLogsSchema = z.discriminatedUnion('type', [
  messageSchema('state', {
    target: logsTargetSchema,
    clusterId: z.string().nullable(),
    options: logOptionsSchema,
    containers: z.array(containerSchema),
    /** The pod's status in a word. */
    pod: z.object({ text: z.string(), tone: toneSchema }).nullable(),
    phase: z.enum(logPhases),
    words: z.string(),
    rbac: z.string().nullable(),
  }),
  /** What came since the last batch. The next one waits until this one is acknowledged. */
  messageSchema('lines', {
    batch: z.int(),
    /** Everything that came before is another log's. */
    isNew: z.boolean(),
    /** Lines that came and went before they could be shown. */
    skipped: z.int().nonnegative(),
    entries: z.array(entrySchema),
  }),
  /** While the page is paused: how much waits. */
  messageSchema('behind', { count: z.int().nonnegative() }),
])
export type ToLogs = z.infer<typeof toLogsSchema>

/** Which lines are copied or saved: those with this text, all when it is empty. */
const selectionShape = { filter: z.string().max(1_000), timestamps: z.boolean() }

export const fromLogsSchema = z.discriminatedUnion('type', [
  /** With the options that a reload of the window kept. */
  messageSchema('ready', { options: logOptionsSchema.nullable() }),
  messageSchema('read', { options: logOptionsSchema }),
  messageSchema('got', { batch: z.int() }),
  messageSchema('pause', { paused: z.boolean() }),
  messageSchema('copy', selectionShape),
  messageSchema('save', selectionShape),
  messageSchema('copy-text', { text: z.string().max(4_000) }),
  messageSchema('describe', {}),
])
export type FromLogs = z.infer<typeof fromLogsSchema>
