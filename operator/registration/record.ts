import { z } from 'zod'
import { clusterIdSchema } from '#contract/cluster-identity.ts'
import { jwksSchema } from '#contract/entitlement.ts'
import { errorCodeSchema } from '#contract/errors.ts'
import { operatorConfigurationSchema } from '#contract/operator-api.ts'

const instant = z.iso.datetime()

/** The server's no, until it says yes again. `since` and `manageUrl` are the server's, where it gave them. */
const refusalSchema = z.object({
  code: errorCodeSchema,
  at: instant,
  since: instant.nullable(),
  manageUrl: z.url().nullable(),
  keyId: z.string(),
})
export type Refusal = z.infer<typeof refusalSchema>

/**
 * What outlives a restart, all of it in one text of one Secret, so that it changes in one write.
 * - `sequence`: every number up to it may have been sent.
 * - `keyId`: public part of the key that the server accepted last.
 */
export const recordSchema = z.object({
  schemaVersion: z.literal(1),
  serverUrl: z.string(),
  keyId: z.string().nullable(),
  clusterId: clusterIdSchema.nullable(),
  clusterToken: z.string().nullable(),
  sequence: z.int().nonnegative(),
  configuration: operatorConfigurationSchema.nullable(),
  entitlement: z.string().nullable(),
  jwks: jwksSchema.nullable(),
  jwksFetchedAt: instant.nullable(),
  registeredAt: instant.nullable(),
  lastServerContact: instant.nullable(),
  lastHeartbeat: instant.nullable(),
  refusal: refusalSchema.nullable(),
})
export type RegistrationRecord = z.infer<typeof recordSchema>

export function emptyRecord(serverUrl: string): RegistrationRecord {
  return {
    schemaVersion: 1,
    serverUrl,
    keyId: null,
    clusterId: null,
    clusterToken: null,
    sequence: 0,
    configuration: null,
    entitlement: null,
    jwks: null,
    jwksFetchedAt: null,
    registeredAt: null,
    lastServerContact: null,
    lastHeartbeat: null,
    refusal: null,
  }
}
