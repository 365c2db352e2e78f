import { describe, expect, test } from 'vitest'
import { conditionTypes } from '#contract/conditions.ts'
import { operatorStatusSchema, STATUS_CONFIG_MAP } from '#contract/operator-status.ts'
import { NO_STATS } from '../collections/collection-ledger.ts'
import { emptyRecord } from '../registration/record.ts'
import type { Situation, Standing } from '../registration/standing.ts'
import { composeStatus, farewellStatus } from './compose-status.ts'
import { ConditionHistory } from './condition-history.ts'
import { conditionStates } from './condition-states.ts'
import { textOf } from './status-publisher.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const away = { reason: 'ServerTimeout' as const, detail: 'no answer '.repeat(200), since: now }
const LONG_URL = `https://${'long.'.repeat(400)}example`

const refusal = (
  code: 'INVALID_API_KEY' | 'API_KEY_EXPIRED' | 'SUBSCRIPTION_REQUIRED' | 'FORBIDDEN' | 'CLUSTER_LIMIT_REACHED',
) => ({
  kind: 'refused' as const,
  refusal: { code, at: now.toISOString(), since: null, manageUrl: LONG_URL, keyId: 'x' },
  away: null,
})

const standings: Standing[] = [
  { kind: 'operated' },
  { kind: 'key-malformed' },
  { kind: 'insecure-address' },
  { kind: 'unregistered', away: null },
  { kind: 'unregistered', away },
  { kind: 'registered', away: null, keyTried: true },
  { kind: 'registered', away, keyTried: false },
  { kind: 'grace-over', away, lastServerContact: now },
  { kind: 'grace-over', away: null, lastServerContact: null },
  refusal('INVALID_API_KEY'),
  refusal('API_KEY_EXPIRED'),
  refusal('SUBSCRIPTION_REQUIRED'),
  refusal('FORBIDDEN'),
  refusal('CLUSTER_LIMIT_REACHED'),
]

function statusIn(standing: Standing) {
  const record = { ...emptyRecord(LONG_URL), clusterId: `cls_${'a'.repeat(32)}`, entitlement: 'e'.repeat(8 * 1024) }
  const claims = { exp: 0 } as Situation['claims']
  const situation: Situation = {
    key: { kind: 'none' },
    record,
    claims,
    contact: { kind: 'untried' },
    addressAllowed: true,
  }
  const cluster = { kind: 'unreachable' as const, detail: 'x'.repeat(5000) }
  const collections = { kind: 'no-names' as const, detail: 'z'.repeat(5000) }
  const written = { lastHeartbeat: null, writeFault: 'y'.repeat(5000) }
  const facts = { standing, serverUrl: LONG_URL, ...written, cluster, collections, now }
  const conditions = new ConditionHistory().observe(conditionStates(facts), 3, now)
  const argocd = { detected: false, namespace: null, version: null, lastChecked: now.toISOString() }
  const where = { namespace: 'kube9-system', serverUrl: LONG_URL }
  return composeStatus({ ...where, standing, situation, conditions, argocd, collectionStats: NO_STATS, now })
}

describe.each(standings)('the status of $kind', (standing) => {
  const status = statusIn(standing)

  test('is of the contract, with all conditions, within 32 KiB at its longest', () => {
    expect(operatorStatusSchema.parse(JSON.parse(textOf(status)))).toEqual(status)
    expect(status.conditions.map(({ type }) => type)).toEqual([...conditionTypes])
    expect(Buffer.byteLength(textOf(status))).toBeLessThan(STATUS_CONFIG_MAP.maxBytes)
  })

  test('has an error exactly when it is not healthy, and shows an entitlement in pro alone', () => {
    expect(status.error === null).toBe(status.health === 'healthy')
    expect(status.tier === 'pro').toBe(status.registered)
    expect('entitlement' in status).toBe(status.tier === 'pro')
    expect('clusterId' in status).toBe(status.registered)
  })

  test('ends as unhealthy, and is otherwise what it was', () => {
    expect(farewellStatus(status)).toEqual({ ...status, health: 'unhealthy', error: 'Shutting down' })
  })
})
