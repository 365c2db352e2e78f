import { z } from 'zod'
import { clusterIdentifierSchema, clusterIdSchema } from './cluster-identity.ts'
import { reportedConditionSchema } from './conditions.ts'

const SEMVER = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/

export const operatorVersionSchema = z.string().max(64).regex(SEMVER)

/** `v` and vendors' suffixes (-eks-…, -gke.…, +k3s1) are all legal. */
export const kubernetesVersionSchema = z.string().min(1).max(128)

export const operatorHealths = ['healthy', 'degraded', 'unhealthy'] as const
export const operatorHealthSchema = z.enum(operatorHealths)
export type OperatorHealth = z.infer<typeof operatorHealthSchema>

/** Random for each start of an operator. Public operators send none. */
export const instanceIdSchema = z.uuid()

/** `POST /v1/operator/register`. Unknown fields are ignored. */
export const registerRequestSchema = z.object({
  operatorVersion: operatorVersionSchema,
  clusterIdentifier: clusterIdentifierSchema,
  kubernetesVersion: kubernetesVersionSchema,
  approximateNodeCount: z.int().min(1).max(10_000),
  instanceId: instanceIdSchema.optional(),
})
export type RegisterRequest = z.infer<typeof registerRequestSchema>

/** The pace that the server sets. Hours stay below 597, because old clients overflow a 32-bit timer above. */
export const operatorConfigurationSchema = z.object({
  statusUpdateIntervalSeconds: z.int().min(10).max(3600),
  reregistrationIntervalHours: z.int().min(1).max(596),
  metricsEnabled: z.boolean(),
  metricsIntervalSeconds: z.int().min(1),
})
export type OperatorConfiguration = z.infer<typeof operatorConfigurationSchema>

/** Always with status 200: old clients take 201 for a fault. `clusterToken` comes only when it is new. */
export const registerResponseSchema = z.object({
  status: z.enum(['registered', 'reregistered']),
  clusterId: clusterIdSchema,
  tier: z.literal('pro'),
  configuration: operatorConfigurationSchema,
  message: z.string().optional(),
  clusterToken: z.string().optional(),
  forked: z.boolean().optional(),
  nextHeartbeatSeconds: z.int().min(1).max(60).optional(),
  entitlement: z.string().optional(),
})
export type RegisterResponse = z.infer<typeof registerResponseSchema>

/** `POST /v1/operator/heartbeat`. `sequence` only grows, and outlives a restart. */
export const heartbeatRequestSchema = z.object({
  clusterId: clusterIdSchema,
  instanceId: instanceIdSchema,
  sequence: z.int().nonnegative(),
  health: operatorHealthSchema.catch('degraded'),
  conditions: z.array(reportedConditionSchema).max(16),
  operatorVersion: operatorVersionSchema,
  kubernetesVersion: kubernetesVersionSchema,
  nodeCount: z.int().nonnegative().max(100_000),
})
export type HeartbeatRequest = z.infer<typeof heartbeatRequestSchema>

export const heartbeatResponseSchema = z.object({
  nextHeartbeatSeconds: z.int().min(1).max(60),
  configuration: operatorConfigurationSchema,
  entitlement: z.string().optional(),
  keyRotation: z.object({ expiresAt: z.iso.datetime() }).optional(),
})
export type HeartbeatResponse = z.infer<typeof heartbeatResponseSchema>

/** `deregister`: the cluster says goodbye. Idempotent. */
export const deregisterRequestSchema = z.object({
  clusterId: clusterIdSchema,
  instanceId: instanceIdSchema.optional(),
})
export type DeregisterRequest = z.infer<typeof deregisterRequestSchema>

export const deregisterResponseSchema = z.object({ status: z.literal('deregistered') })
export type DeregisterResponse = z.infer<typeof deregisterResponseSchema>

/** `GET /v1/operator/health`. */
export const serverHealthSchema = z.object({ status: z.literal('healthy'), version: z.string() })
export type ServerHealth = z.infer<typeof serverHealthSchema>
