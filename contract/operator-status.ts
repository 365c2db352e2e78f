import { z } from 'zod'
import { clusterIdSchema } from './cluster-identity.ts'
import { conditionSchema } from './conditions.ts'
import { operatorHealthSchema } from './operator-api.ts'
import { tierSchema } from './plans.ts'

export const STATUS_CONFIG_MAP = {
  name: 'kube9-operator-status',
  defaultNamespace: 'kube9-system',
  key: 'status',
  labels: { 'app.kubernetes.io/name': 'kube9-operator', 'app.kubernetes.io/component': 'status' },
  maxBytes: 32 * 1024,
  maxTextLength: 420,
} as const

export const OFFLINE_GRACE_HOURS = 72

export const operatorModeSchema = z.enum(['operated', 'enabled'])
export type OperatorMode = z.infer<typeof operatorModeSchema>

const collectionStatsSchema = z.object({
  totalSuccessCount: z.int().nonnegative(),
  totalFailureCount: z.int().nonnegative(),
  collectionsStoredCount: z.int().nonnegative(),
  lastSuccessTime: z.iso.datetime().nullable(),
})

export const argocdStatusSchema = z.object({
  detected: z.boolean(),
  namespace: z.string().nullable(),
  version: z.string().nullable(),
  lastChecked: z.iso.datetime(),
})
export type ArgocdStatus = z.infer<typeof argocdStatusSchema>

const assessmentCheckSchema = z.object({
  checkId: z.string(),
  checkName: z.string(),
  pillar: z.string(),
  status: z.string(),
  message: z.string().max(420).optional(),
  remediation: z.string().max(420).optional(),
})

const assessmentSchema = z.object({
  lastScheduledCompletedAt: z.iso.datetime().nullable(),
  lastScheduledOutcome: z.enum(['none', 'success', 'failed']),
  lastScheduledRunState: z.string().nullable(),
  lastScheduledRunId: z.string().nullable(),
  lastScheduledTotals: z.object({
    totalChecks: z.int(),
    completedChecks: z.int(),
    passedChecks: z.int(),
    failedChecks: z.int(),
    warningChecks: z.int(),
  }),
  lastScheduledError: z.string().nullable(),
  lastScheduledChecks: z.array(assessmentCheckSchema),
  schedulingEnabled: z.boolean(),
  scheduleIntervalSeconds: z.int().nonnegative(),
})

/** The text under `status` in the ConfigMap. Fields up to `assessment` are read by clients already in the field. */
export const operatorStatusSchema = z.object({
  schemaVersion: z.literal(1),
  mode: operatorModeSchema,
  tier: tierSchema,
  version: z.string(),
  health: operatorHealthSchema,
  lastUpdate: z.iso.datetime(),
  registered: z.boolean(),
  apiKeyConfigured: z.boolean(),
  error: z.string().max(420).nullable(),
  namespace: z.string(),
  clusterId: clusterIdSchema.optional(),
  collectionStats: collectionStatsSchema,
  argocd: argocdStatusSchema,
  assessment: assessmentSchema,
  conditions: z.array(conditionSchema),
  serverUrl: z.string(),
  lastHeartbeat: z.iso.datetime().nullable(),
  entitlement: z.string().optional(),
})
export type OperatorStatus = z.infer<typeof operatorStatusSchema>
