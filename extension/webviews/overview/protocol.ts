import { z } from 'zod'
import { conditionStatuses } from '#contract/conditions.ts'
import { messageSchema, readyMessageSchema } from '../frame/message.ts'
import { objectReferenceSchema } from '../frame/object-reference.ts'
import { toneSchema } from '../frame/tone.ts'

export const overviewTargetSchema = z.object({ context: z.string() })
export type OverviewTarget = z.infer<typeof overviewTargetSchema>

/** A part of the picture, which may be missing while the others are there. */
function partSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('state', [
    z.object({ state: z.literal('loading') }),
    z.object({ state: z.literal('known'), value }),
    z.object({ state: z.literal('forbidden') }),
    z.object({ state: z.literal('failed'), message: z.string() }),
  ])
}
export type Part<T> =
  | { state: 'loading' }
  | { state: 'known'; value: T }
  | { state: 'forbidden' }
  | { state: 'failed'; message: string }

export const mendActions = [
  'retry',
  'install-operator',
  'create-key',
  'open-portal',
  'sign-in',
  'copy-rbac',
  'open-settings',
  'open-kubeconfig',
] as const

const modes = ['unseen', 'connecting', 'unreachable', 'basic', 'operated', 'enabled', 'degraded', 'forbidden'] as const

const standingSchema = z.object({
  mode: z.enum(modes),
  word: z.string(),
  tone: toneSchema,
  reason: z.string().nullable(),
  /** A rule of a Role that mends it. */
  rbac: z.string().nullable(),
  mend: z.object({ action: z.enum(mendActions), label: z.string() }).nullable(),
})
export type OverviewStanding = z.infer<typeof standingSchema>

const count = z.int().nonnegative()

const nodesSchema = z.object({
  total: count,
  ready: count,
  cpu: z.string(),
  memory: z.string(),
  /** The nodes by name, those in trouble first; not all of a large cluster, and none where only totals are known. */
  shown: z.array(
    z.object({ reference: objectReferenceSchema, tone: toneSchema, state: z.string(), version: z.string() }),
  ),
})
export type OverviewNodes = z.infer<typeof nodesSchema>

const workloadKindSchema = z.object({
  kind: z.string(),
  count: partSchema(count),
  /** How many are not as they should be; null where it is not looked at. */
  troubled: count.nullable(),
})
export type WorkloadKind = z.infer<typeof workloadKindSchema>

const troubleSchema = z.object({ reference: objectReferenceSchema, ready: z.string(), note: z.string() })
export type Trouble = z.infer<typeof troubleSchema>

export const podPhases = ['Running', 'Pending', 'Succeeded', 'Failed', 'Unknown'] as const
const podsSchema = z.object({
  total: count,
  phases: z.array(z.object({ phase: z.enum(podPhases), count })),
})
export type OverviewPods = z.infer<typeof podsSchema>

const warningSchema = z.object({
  reason: z.string(),
  message: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().nullable(),
  /** Null where the object cannot be opened. */
  reference: objectReferenceSchema.nullable(),
  count,
  at: z.string(),
})
export type Warning = z.infer<typeof warningSchema>

export const overviewSchema = z.object({
  target: overviewTargetSchema,
  server: z.string(),
  clusterId: z.string().nullable(),
  standing: standingSchema,
  version: partSchema(z.string()),
  nodes: partSchema(nodesSchema),
  namespaces: partSchema(count),
  pods: partSchema(podsSchema),
  workloads: z.array(workloadKindSchema),
  /** Workloads that are not as they should be, at most twenty; null while they are being looked for. */
  troubles: z.array(troubleSchema).nullable(),
  warnings: partSchema(z.array(warningSchema)),
  operator: z
    .object({
      version: z.string(),
      conditions: z.array(
        z.object({
          type: z.string(),
          status: z.enum(conditionStatuses),
          tone: toneSchema,
          message: z.string(),
          at: z.string(),
        }),
      ),
    })
    .nullable(),
  /** What may not be listed, in words, and the rules that would mend it. */
  missing: z.object({ words: z.string(), rbac: z.string() }).nullable(),
  /** What went wrong in reading, each once. */
  failures: z.array(z.string()),
  source: z.object({ words: z.string(), at: z.string() }).nullable(),
  refreshing: z.boolean(),
})
export type Overview = z.infer<typeof overviewSchema>

export const toOverviewSchema = z.discriminatedUnion('type', [
  messageSchema('overview', { overview: overviewSchema }),
  /** No kubeconfig names the context any more. */
  messageSchema('gone', { target: overviewTargetSchema }),
])
export type ToOverview = z.infer<typeof toOverviewSchema>

export const fromOverviewSchema = z.discriminatedUnion('type', [
  readyMessageSchema,
  messageSchema('refresh', {}),
  messageSchema('mend', { action: z.enum(mendActions) }),
  messageSchema('copy-rbac', {}),
  messageSchema('open', { reference: objectReferenceSchema }),
])
export type FromOverview = z.infer<typeof fromOverviewSchema>
