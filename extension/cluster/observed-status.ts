import { z } from 'zod'
import { clusterIdSchema } from '#contract/cluster-identity.ts'
import { conditionSchema } from '#contract/conditions.ts'
import { operatorHealthSchema } from '#contract/operator-api.ts'
import { operatorModeSchema, operatorStatusSchema } from '#contract/operator-status.ts'
import { tierSchema } from '#contract/plans.ts'

const shape = operatorStatusSchema.shape
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null)
const present = z.string().min(1)

/**
 * A status as any operator writes it, public ones included. The first six fields are required, as for every client in the
 * field; a word that is not known is null, and what else is missing or odd is left out rather than refused.
 */
const observedStatusSchema = z.object({
  mode: present.transform((mode) => operatorModeSchema.safeParse(mode).data ?? null),
  tier: present.transform((tier) => tierSchema.safeParse(tier).data ?? null),
  version: present,
  health: present.transform((health) => operatorHealthSchema.safeParse(health).data ?? null),
  lastUpdate: present,
  registered: z.boolean(),
  apiKeyConfigured: orNull(z.boolean()),
  error: orNull(z.string()),
  namespace: orNull(z.string()),
  clusterId: orNull(clusterIdSchema),
  collectionStats: orNull(shape.collectionStats),
  argocd: orNull(shape.argocd),
  assessment: orNull(shape.assessment),
  conditions: z
    .array(z.unknown())
    .catch([])
    .transform((list) => list.flatMap((condition) => conditionSchema.safeParse(condition).data ?? [])),
  serverUrl: orNull(z.string()),
  lastHeartbeat: orNull(z.string()),
  entitlement: orNull(z.string()),
})
export type ObservedStatus = z.infer<typeof observedStatusSchema>

/** The status, or the sentence that says why there is none. */
export function readStatusText(text: string | undefined): ObservedStatus | { warning: string } {
  if (text === undefined) return { warning: 'The operator’s ConfigMap has no key “status”.' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { warning: 'The operator’s status is not JSON.' }
  }
  const parsed = observedStatusSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].filter(Boolean)
  if (fields.length === 0) return { warning: 'The operator’s status is not an object.' }
  return { warning: `The operator’s status lacks ${fields.join(', ')}.` }
}
