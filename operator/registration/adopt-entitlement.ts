import type { EntitlementClaims } from '#contract/entitlement.ts'
import { errorText } from '../log.ts'
import type { Log } from '../log.ts'
import { verifyEntitlement } from './entitlement.ts'
import type { Send } from './exchange.ts'
import { fetchJwks } from './jwks.ts'
import type { RegistrationRecord } from './record.ts'

const JWKS_MAX_AGE_MS = 3600_000

export interface Adoption {
  record: RegistrationRecord
  claims: EntitlementClaims | null
}

export interface AdoptionContext {
  clusterIdentifier: string
  /** The record before this answer, and what was verified of it. */
  before: Adoption
  log: Log
  send: Send
  signal: AbortSignal
}

/** The claims of the token that a record holds, or null when it holds none that is valid for this cluster now. */
export function claimsOf(record: RegistrationRecord, clusterIdentifier: string, now: Date): EntitlementClaims | null {
  const { entitlement: token, jwks, clusterId } = record
  if (token === null || jwks === null || clusterId === null) return null
  const checked = verifyEntitlement({ token, jwks, clusterIdentifier, clusterId, now })
  return 'claims' in checked ? checked.claims : null
}

/**
 * Takes the token of an answer into the record once its signature holds, with fresh public keys where the kept ones are old or lack
 * it. A token that does not hold is left out, and the one before it stays.
 */
export async function adoptEntitlement(
  record: RegistrationRecord,
  { clusterIdentifier, before, log, send, signal }: AdoptionContext,
): Promise<Adoption> {
  const now = new Date()
  const known = claimsOf(record, clusterIdentifier, now)
  const ageMs = now.getTime() - Date.parse(record.jwksFetchedAt ?? '1970-01-01T00:00:00Z')
  if (record.entitlement === null || (known && ageMs < JWKS_MAX_AGE_MS)) return { record, claims: known }
  try {
    const jwks = await fetchJwks(record.serverUrl, send, signal)
    const renewed = { ...record, jwks, jwksFetchedAt: now.toISOString() }
    const claims = claimsOf(renewed, clusterIdentifier, now)
    if (claims) return { record: renewed, claims }
    log.warn('The entitlement that the server gave does not hold, so it is left out.')
  } catch (error) {
    if (known) return { record, claims: known }
    log.warn('The public keys of the server cannot be read, so its entitlement is left out.', {
      error: errorText(error),
    })
  }
  const sameCluster = before.record.clusterId === record.clusterId
  return {
    record: { ...record, entitlement: sameCluster ? before.record.entitlement : null },
    claims: sameCluster ? before.claims : null,
  }
}
