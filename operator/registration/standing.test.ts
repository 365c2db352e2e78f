import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import { emptyRecord } from './record.ts'
import type { RegistrationRecord } from './record.ts'
import { standingOf } from './standing.ts'
import type { Contact, Situation } from './standing.ts'

const HOUR_MS = 3600_000
const now = new Date('2026-11-23T12:00:00.000Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * HOUR_MS)
const key = { kind: 'present' as const, text: 'kdy', id: 'lookupId01' }
const away: Contact = { kind: 'away', reason: 'ServerFault', detail: 'it answered 503', since: hoursAgo(1) }

const registered: RegistrationRecord = {
  ...emptyRecord('https://api.example'),
  keyId: key.id,
  clusterId: `cls_${'a'.repeat(32)}`,
  lastServerContact: hoursAgo(1).toISOString(),
}

function situation(changes: Partial<Situation>, record: Partial<RegistrationRecord> = {}): Situation {
  return {
    key,
    claims: null,
    contact: { kind: 'answered' },
    addressAllowed: true,
    ...changes,
    record: { ...registered, ...record },
  }
}

function claimsUntil(end: Date): EntitlementClaims {
  return {
    iss: 'x',
    aud: 'kube9',
    typ: 'entitlement',
    sub: `cls_${'a'.repeat(32)}`,
    ident: `sha256:${'ab'.repeat(32)}`,
    team: randomUUID(),
    tier: 'pro',
    features: [],
    iat: end.getTime() / 1000 - 72 * 3600,
    exp: end.getTime() / 1000,
  }
}

const kindOf = (changes: Partial<Situation>, record?: Partial<RegistrationRecord>) =>
  standingOf(situation(changes, record), now).kind

describe('where the operator stands', () => {
  test('without a key it is operated, whatever it was before', () => {
    expect(kindOf({ key: { kind: 'none' } })).toBe('operated')
    expect(kindOf({ key: { kind: 'none' }, contact: away })).toBe('operated')
  })

  test('a refusal beats registration, token and outage', () => {
    const refusal = {
      code: 'INVALID_API_KEY' as const,
      at: now.toISOString(),
      since: null,
      manageUrl: null,
      keyId: key.id,
    }
    for (const contact of [away, { kind: 'answered' as const }, { kind: 'untried' as const }]) {
      expect(kindOf({ contact, claims: claimsUntil(now) }, { refusal })).toBe('refused')
    }
  })

  test('a key that follows a refused one is not registered until the server says so', () => {
    const refusal = {
      code: 'INVALID_API_KEY' as const,
      at: now.toISOString(),
      since: null,
      manageUrl: null,
      keyId: 'another',
    }
    expect(kindOf({ contact: { kind: 'untried' } }, { refusal })).toBe('unregistered')
    expect(kindOf({ contact: away }, { refusal })).toBe('unregistered')
  })

  test('a key that follows an accepted one keeps Pro while the server is away', () => {
    expect(standingOf(situation({ contact: away }, { keyId: 'another' }), now)).toMatchObject({
      kind: 'registered',
      keyTried: false,
    })
  })
})

describe('the grace', () => {
  test('the grace holds for 72 hours from the last contact, to the second', () => {
    const graceAt = (hours: number) => kindOf({ contact: away }, { lastServerContact: hoursAgo(hours).toISOString() })
    expect(graceAt(72)).toBe('registered')
    expect(graceAt(72 + 1 / 3600)).toBe('grace-over')
  })

  test('the grace ends with the token that gave it, give or take a minute', () => {
    const entitlement = 'a.b.c'
    const graceUntil = (end: Date) => kindOf({ contact: away, claims: claimsUntil(end) }, { entitlement })
    expect(graceUntil(new Date(now.getTime() - 59_000))).toBe('registered')
    expect(graceUntil(new Date(now.getTime() - 61_000))).toBe('grace-over')
    expect(kindOf({ contact: away, claims: null }, { entitlement })).toBe('grace-over')
  })

  test('a contact that lies in the future gives no grace', () => {
    expect(kindOf({ contact: away }, { lastServerContact: hoursAgo(-1).toISOString() })).toBe('grace-over')
  })

  test('while the server answers, a token that cannot be verified costs nothing', () => {
    expect(kindOf({ contact: { kind: 'answered' }, claims: null }, { entitlement: 'a.b.c' })).toBe('registered')
  })

  test('a key that cannot be sent is said to be so', () => {
    expect(kindOf({ key: { kind: 'malformed', fault: 'checksum' } })).toBe('key-malformed')
    expect(kindOf({ addressAllowed: false })).toBe('insecure-address')
  })
})
