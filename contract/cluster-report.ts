import { z } from 'zod'
import { clusterIdSchema } from './cluster-identity.ts'
import { clusterMetadataSchema, configurationPatternsSchema, resourceInventorySchema } from './collection-payloads.ts'
import { conditionReasons, conditionStatuses } from './conditions.ts'
import type { ConditionReason } from './conditions.ts'
import { tierSchema } from './plans.ts'
import { clusterDetailSchema } from './portal-api.ts'
import { saltIdSchema } from './pseudonyms.ts'

/** What the Pro web UI shows of one cluster. Names are pseudonyms: the page in the editor puts the real ones in. */

const instant = z.iso.datetime()
const count = z.int().nonnegative()

/** Names one cluster of a team, as the address of its page does. */
export const clusterReferenceSchema = z.object({ teamId: z.uuid(), clusterId: clusterIdSchema })
export type ClusterReference = z.infer<typeof clusterReferenceSchema>

export const clusterReportSchema = z.object({
  cluster: clusterDetailSchema,
  team: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }),
  plan: z.object({ label: z.string(), tier: tierSchema, active: z.boolean(), trialEndsAt: instant.nullable() }),
  /** Pages of the portal that mend what this page finds. */
  links: z.object({ cluster: z.url(), apiKeys: z.url(), billing: z.url() }),
})
export type ClusterReport = z.infer<typeof clusterReportSchema>

/** How far back a history may look, in hours. */
export const historyRangesHours = [1, 6, 24, 168] as const
export const healthHistoryInputSchema = clusterReferenceSchema.extend({
  rangeHours: z.literal([...historyRangesHours]),
})

/** The worst that was heard in a stretch of time; `silent` when nothing was. */
export const bucketHealths = ['healthy', 'degraded', 'unhealthy', 'silent'] as const

/** Buckets of equal length, oldest first, without a gap. Nulls: no collection came in that stretch. */
export const healthHistorySchema = z.object({
  bucketSeconds: z.int().positive(),
  buckets: z.array(
    z.object({
      at: instant,
      health: z.enum(bucketHealths),
      beats: count,
      nodes: count.nullable(),
      readyNodes: count.nullable(),
      podsRunning: count.nullable(),
      podsPending: count.nullable(),
      podsFailed: count.nullable(),
      restarts: count.nullable(),
    }),
  ),
  /** When a collection came under another salt than the one before it: pseudonyms before and after do not join. */
  saltBreaks: z.array(instant),
})
export type HealthHistory = z.infer<typeof healthHistorySchema>

/** A collection as it came last; null while none has come in the form of our operator. */
const collected = <Data extends z.ZodObject>(data: Data) =>
  z.object({ receivedAt: instant, saltId: saltIdSchema, data }).nullable()

export const nodesReportSchema = collected(clusterMetadataSchema)
export type NodesReport = z.infer<typeof nodesReportSchema>
export const workloadsReportSchema = collected(resourceInventorySchema)
export type WorkloadsReport = z.infer<typeof workloadsReportSchema>
export const configurationReportSchema = collected(configurationPatternsSchema)
export type ConfigurationReport = z.infer<typeof configurationReportSchema>

/** What happened between kube9 and a cluster, as the server saw it. */
export const clusterEventKinds = [
  'registered',
  'reregistered',
  'forked',
  'condition-changed',
  'health-changed',
  'refused',
  'accepted-again',
  'went-offline',
  'came-back',
  'said-goodbye',
  'salt-changed',
] as const
export type ClusterEventKind = (typeof clusterEventKinds)[number]

const reasonSchema = z.enum(Object.keys(conditionReasons) as [ConditionReason, ...ConditionReason[]])

/** Newest first. `message` is written by the server; nothing of it comes from the cluster as text. */
export const clusterEventsSchema = z.array(
  z.object({
    id: z.uuid(),
    at: instant,
    kind: z.enum(clusterEventKinds),
    severity: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    condition: z.object({ type: z.string(), status: z.enum(conditionStatuses), reason: reasonSchema }).nullable(),
  }),
)
export type ClusterEvents = z.infer<typeof clusterEventsSchema>
