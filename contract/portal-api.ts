import { z } from 'zod'
import { clusterIdSchema } from './cluster-identity.ts'
import { conditionReasons, conditionStatuses } from './conditions.ts'
import type { ConditionReason } from './conditions.ts'
import { errorCodeSchema } from './errors.ts'

/** Shapes that the portal's server gives to its pages. Dates are ISO 8601 UTC. Inputs are parsed on the server alone. */

const instant = z.iso.datetime()
const reasonSchema = z.enum(Object.keys(conditionReasons) as [ConditionReason, ...ConditionReason[]])

/** Where a cluster stands, as the portal judges it. Exactly one holds, the first that fits from the top. */
export const clusterStates = ['goodbye', 'refused', 'offline', 'unhealthy', 'degraded', 'waiting', 'healthy'] as const
export const clusterStateSchema = z.enum(clusterStates)
export type ClusterState = z.infer<typeof clusterStateSchema>

/** Without a beat for this long a cluster is offline. */
export const OFFLINE_AFTER_SECONDS = 180

export const clusterSummarySchema = z.object({
  id: z.uuid(),
  clusterId: clusterIdSchema,
  name: z.string(),
  state: clusterStateSchema,
  operatorVersion: z.string(),
  kubernetesVersion: z.string(),
  nodeCount: z.int(),
  registeredAt: instant,
  lastHeartbeatAt: instant.nullable(),
})
export type ClusterSummary = z.infer<typeof clusterSummarySchema>

export const clusterDetailSchema = clusterSummarySchema.extend({
  isFork: z.boolean(),
  apiKey: z.object({
    id: z.uuid(),
    name: z.string(),
    masked: z.string(),
    revokedAt: instant.nullable(),
  }),
  refusal: z.object({ code: errorCodeSchema, at: instant, message: z.string() }).nullable(),
  deregisteredAt: instant.nullable(),
  conditions: z.array(
    z.object({
      type: z.string(),
      status: z.enum(conditionStatuses),
      reason: reasonSchema,
      message: z.string(),
      lastTransitionTime: instant,
    }),
  ),
})
export type ClusterDetail = z.infer<typeof clusterDetailSchema>

export const apiKeySummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  masked: z.string(),
  createdAt: instant,
  createdBy: z.string(),
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  clusters: z.array(
    z.object({
      id: z.uuid(),
      clusterId: clusterIdSchema,
      name: z.string(),
      state: clusterStateSchema,
    }),
  ),
})
export type ApiKeySummary = z.infer<typeof apiKeySummarySchema>

export const createApiKeyInputSchema = z.object({
  teamId: z.uuid(),
  name: z.string().trim().min(1, 'Give the key a name.').max(64, 'Keep the name to 64 characters.'),
})
export type CreateApiKeyInput = z.infer<typeof createApiKeyInputSchema>

/** The only answer that ever holds a whole key. */
export const createdApiKeySchema = z.object({ key: z.string(), summary: apiKeySummarySchema })
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>

/** What the waiting page shows for one key. `state` is the furthest that was reached. */
export const onboardingProgressSchema = z.object({
  state: z.enum(['waiting', 'refused', 'registered', 'connected']),
  keyRevoked: z.boolean(),
  steps: z.object({
    keySeenAt: instant.nullable(),
    registeredAt: instant.nullable(),
    firstHeartbeatAt: instant.nullable(),
    firstReportAt: instant.nullable(),
  }),
  cluster: clusterSummarySchema.nullable(),
  refusedAttempts: z.array(
    z.object({
      at: instant,
      code: errorCodeSchema,
      message: z.string(),
      operatorVersion: z.string().nullable(),
    }),
  ),
})
export type OnboardingProgress = z.infer<typeof onboardingProgressSchema>

export const teamSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  role: z.enum(['owner', 'member']),
  plan: z.object({
    name: z.enum(['free', 'trial', 'pro']),
    label: z.string(),
    active: z.boolean(),
    trialEndsAt: instant.nullable(),
    clusterLimit: z.int().nullable(),
    clustersUsed: z.int(),
  }),
})
export type TeamSummary = z.infer<typeof teamSummarySchema>

export const sessionSummarySchema = z.object({
  id: z.uuid(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  userAgent: z.string().nullable(),
})
export type SessionSummary = z.infer<typeof sessionSummarySchema>

/** An editor that signed in through the portal, as its owner sees it. `name` is what the editor called itself. */
export const connectedEditorSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  connectedAt: instant,
  lastSeenAt: instant,
})
export type ConnectedEditor = z.infer<typeof connectedEditorSchema>

/** Where a consent page's code would go: an app on this computer, a web editor, a port of this computer, or nowhere by itself. */
export const connectionDestinationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('app'), scheme: z.string() }),
  z.object({ kind: z.literal('web'), origin: z.string() }),
  z.object({ kind: z.literal('loopback'), port: z.int() }),
  z.object({ kind: z.literal('paste') }),
])
export type ConnectionDestination = z.infer<typeof connectionDestinationSchema>

/** What the consent page says of the request in its address. `denyTo` is where a refusal leads. */
export const connectionProposalSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    request: z.object({
      redirect_uri: z.string(),
      state: z.string(),
      code_challenge: z.string(),
      code_challenge_method: z.literal('S256'),
      editor: z.string(),
    }),
    destination: connectionDestinationSchema,
    denyTo: z.string().nullable(),
  }),
  z.object({
    ok: z.literal(false),
    fault: z.enum(['incomplete', 'destination']),
    allowed: z.object({ schemes: z.array(z.string()), origins: z.array(z.string()) }),
  }),
])
export type ConnectionProposal = z.infer<typeof connectionProposalSchema>

/** What a click on the consent page made. It is shown or gone to at once, and kept nowhere. */
export const connectionGrantSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('redirect'), redirectTo: z.string(), expiresInSeconds: z.int() }),
  z.object({ kind: z.literal('paste'), code: z.string(), expiresInSeconds: z.int() }),
])
export type ConnectionGrant = z.infer<typeof connectionGrantSchema>

export const billingSummarySchema = z.object({
  plan: teamSummarySchema.shape.plan,
  payments: z.enum(['not-configured', 'configured']),
  priceMinorPerClusterMonth: z.int(),
  currency: z.string(),
})
export type BillingSummary = z.infer<typeof billingSummarySchema>

/** A notice on the portal's event stream: something of this kind changed, read it again. It carries no data. */
export const changeNoticeSchema = z.object({
  teamId: z.uuid(),
  kind: z.enum(['api-key', 'cluster', 'attempt', 'team', 'editor']),
  id: z.string(),
})
export type ChangeNotice = z.infer<typeof changeNoticeSchema>

/** Name of the NOTIFY channel that carries notices between processes. */
export const CHANGE_CHANNEL = 'kube9_events'

export const chartVersionSchema = z.object({
  version: z.string(),
  appVersion: z.string(),
  created: instant,
  digest: z.string(),
  url: z.string(),
})

export const chartSchema = z.object({
  name: z.string(),
  description: z.string(),
  versions: z.array(chartVersionSchema),
  readmeMarkdown: z.string(),
  valuesYaml: z.string(),
  valuesSchemaJson: z.string().nullable(),
  repositoryUrl: z.string(),
})
export type Chart = z.infer<typeof chartSchema>
