import { ENTITLEMENT_LEEWAY_SECONDS } from '#contract/entitlement.ts'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import { OFFLINE_GRACE_HOURS } from '#contract/operator-status.ts'
import type { ApiKey } from './api-key.ts'
import type { RegistrationRecord, Refusal } from './record.ts'
import type { AwayReason } from './server-fault.ts'

const GRACE_MS = OFFLINE_GRACE_HOURS * 3600_000

/** The server cannot be asked, since when, and why. */
export interface Away {
  reason: AwayReason
  detail: string
  since: Date
}

export type Contact = { kind: 'untried' } | { kind: 'answered' } | ({ kind: 'away' } & Away)

/** Everything that decides where the operator stands with the server. */
export interface Situation {
  key: ApiKey
  record: RegistrationRecord
  /** The verified claims of the entitlement in the record; null when there is none that holds. */
  claims: EntitlementClaims | null
  /** The server's last word in this run. */
  contact: Contact
  addressAllowed: boolean
}

/** Where the operator stands. Each state of the contract's table is one of these. */
export type Standing =
  | { kind: 'operated' }
  | { kind: 'key-malformed' }
  | { kind: 'insecure-address' }
  | { kind: 'refused'; refusal: Refusal; away: Away | null }
  | { kind: 'unregistered'; away: Away | null }
  | { kind: 'registered'; away: Away | null; keyTried: boolean }
  | { kind: 'grace-over'; away: Away | null; lastServerContact: Date | null }

/** Decides it. A refusal beats any token; without an answer a registration holds for 72 hours, and no longer than its token. */
export function standingOf(situation: Situation, now: Date): Standing {
  const { key, record, contact } = situation
  const away = awayOf(contact)
  if (key.kind === 'none') return { kind: 'operated' }
  if (key.kind === 'malformed') return { kind: 'key-malformed' }
  if (!situation.addressAllowed) return { kind: 'insecure-address' }
  if (record.refusal !== null) {
    return record.refusal.keyId === key.id
      ? { kind: 'refused', refusal: record.refusal, away }
      : { kind: 'unregistered', away }
  }
  if (record.clusterId === null) return { kind: 'unregistered', away }
  if (isWithinGrace(situation, now)) return { kind: 'registered', away, keyTried: record.keyId === key.id }
  return { kind: 'grace-over', away, lastServerContact: dateOf(record.lastServerContact) }
}

function awayOf(contact: Contact): Away | null {
  return contact.kind === 'away' ? contact : null
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

function isWithinGrace({ record, claims, contact }: Situation, now: Date): boolean {
  if (record.lastServerContact === null) return false
  // Without the server's own word a kept token that does not hold, or never did, takes its grace along.
  if (contact.kind !== 'answered' && record.entitlement !== null && !isValid(claims, now)) return false
  const sinceContactMs = now.getTime() - Date.parse(record.lastServerContact)
  return sinceContactMs <= GRACE_MS && sinceContactMs >= -ENTITLEMENT_LEEWAY_SECONDS * 1000
}

function isValid(claims: EntitlementClaims | null, now: Date): boolean {
  return claims !== null && now.getTime() / 1000 <= claims.exp + ENTITLEMENT_LEEWAY_SECONDS
}
