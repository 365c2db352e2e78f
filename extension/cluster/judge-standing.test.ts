import { describe, expect, test } from 'vitest'
import type { EntitlementClaims } from '#contract/entitlement.ts'
import { refusalOf } from './entitlement-refusal.ts'
import { judgeStanding } from './judge-standing.ts'
import type { EntitlementVerdict, Evidence } from './judge-standing.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()
const claims = { sub: 'cls_1', tier: 'pro', exp: NOW / 1000 + 3600 } as unknown as EntitlementClaims
const valid: EntitlementVerdict = { kind: 'valid', claims }

/** What every public operator writes, and nothing of ours. */
const bare = {
  mode: 'operated',
  tier: 'free',
  version: '1.2.3',
  health: 'healthy',
  lastUpdate: minutesAgo(1),
  registered: false,
  error: null,
}
const enabled = { ...bare, mode: 'enabled', tier: 'pro', registered: true, apiKeyConfigured: true }

function judge(status: object | string | undefined, more: Partial<Evidence> = {}) {
  const text = typeof status === 'object' ? JSON.stringify(status) : status
  return judgeStanding({
    observation: { kind: 'found', text },
    entitlement: { kind: 'none' },
    server: null,
    now: NOW,
    ...more,
  })
}

const standingOf = (...args: Parameters<typeof judge>) => judge(...args).standing

describe('what a client reads in the status', () => {
  test('no ConfigMap is basic', () => {
    expect(standingOf('', { observation: { kind: 'absent' } })).toEqual({ mode: 'basic', warning: null })
  })

  test('operated, free, healthy and fresh is operated', () => {
    expect(standingOf(bare)).toMatchObject({ mode: 'operated', status: { version: '1.2.3', conditions: [] } })
  })

  test('enabled, pro, registered, healthy and fresh is enabled, where the entitlement holds', () => {
    expect(standingOf(enabled, { entitlement: valid })).toMatchObject({ mode: 'enabled', claims })
  })

  test.each([
    ['not registered', { ...enabled, registered: false }, /has not accepted it yet/],
    [
      'not registered, with the operator’s own words',
      { ...enabled, registered: false, error: 'Key revoked.' },
      /^Key revoked\.$/,
    ],
    ['degraded', { ...enabled, health: 'degraded' }, /says that it is degraded/],
    ['unhealthy', { ...bare, health: 'unhealthy', error: 'Shutting down' }, /^Shutting down$/],
    ['of a health that nobody knows', { ...bare, health: 'sleepy' }, /not healthy/],
    ['older than 5 min', { ...enabled, lastUpdate: minutesAgo(5.01) }, /not been heard of since 2026-11-26 11:54/],
    ['of a mode that nobody knows', { ...bare, mode: 'turbo' }, /mode that this extension does not know/],
    ['free although enabled', { ...enabled, tier: 'free' }, /not for Pro/],
    ['without a date', { ...enabled, lastUpdate: 'yesterday' }, /no date of its last update/],
    ['more than 2 min in the future', { ...enabled, lastUpdate: minutesAgo(-2.1) }, /lies in the future.*clocks/],
  ])('%s is degraded, and says why', (_name, status, reason) => {
    expect(standingOf(status, { entitlement: valid })).toMatchObject({
      mode: 'degraded',
      reason: expect.stringMatching(reason),
    })
  })

  test('just under 5 min old, and just under 2 min in the future, still count', () => {
    expect(standingOf({ ...bare, lastUpdate: minutesAgo(5) })).toMatchObject({ mode: 'operated' })
    expect(standingOf({ ...bare, lastUpdate: minutesAgo(-2) })).toMatchObject({ mode: 'operated' })
  })

  test.each([
    ['a field that is missing', JSON.stringify({ ...bare, health: undefined, tier: '' }), /lacks tier, health\.$/],
    ['no JSON', '{"mode":', /is not JSON/],
    ['no object', '"healthy"', /is not an object/],
    ['no key', undefined, /no key “status”/],
  ])('%s is basic, with a warning', (_name, text, warning) => {
    expect(standingOf(text)).toEqual({ mode: 'basic', warning: expect.stringMatching(warning) })
  })

  test('403 is no permission, with the line that mends it', () => {
    const observation = { kind: 'forbidden' as const, reason: 'You may not.', rbac: '{verbs: ["get"]}' }
    expect(standingOf('', { observation })).toEqual({
      mode: 'forbidden',
      reason: 'You may not.',
      rbac: '{verbs: ["get"]}',
    })
  })
})

describe('the states that our operator publishes', () => {
  const refused = { ...enabled, tier: 'free', registered: false, health: 'degraded' }
  const condition = (type: string, reason: string) => {
    const rest = { status: 'False', message: '', lastTransitionTime: minutesAgo(9), observedGeneration: 1 }
    return { type, reason, ...rest }
  }

  test.each([
    ['a refused key', 'ApiKeyAccepted', 'KeyRefused', 'create-key'],
    ['a refused plan', 'Registered', 'SubscriptionRequired', 'open-portal'],
    ['a server that was away too long', 'ServerReachable', 'GraceOver', 'retry'],
  ])('%s is degraded, with its own button', (_name, type, reason, mend) => {
    const status = { ...refused, error: 'Why.', conditions: [condition(type, reason)] }
    expect(standingOf(status, { entitlement: valid })).toMatchObject({ mode: 'degraded', reason: 'Why.', mend })
  })

  test('a server that is away inside the grace changes nothing', () => {
    const status = { ...enabled, conditions: [condition('ServerReachable', 'ServerUnreachable')] }
    expect(standingOf(status, { entitlement: valid })).toMatchObject({ mode: 'enabled' })
  })

  test('what a later operator adds or renames is left out, not refused', () => {
    const status = { ...bare, conditions: [condition('Moon', 'Full'), 7], argocd: 'later', clusterId: 'odd', extra: {} }
    expect(standingOf(status)).toMatchObject({
      mode: 'operated',
      status: { conditions: [], argocd: null, clusterId: null },
    })
  })
})

describe('the entitlement', () => {
  test('a public operator that says enabled, and shows none, is degraded', () => {
    expect(standingOf(enabled)).toMatchObject({
      mode: 'degraded',
      reason: expect.stringMatching(/shows no entitlement.*Upgrade/),
      mend: 'install-operator',
    })
  })

  test('one that is refused is degraded in its own words', () => {
    const refusal = refusalOf('other-server', 'api.kube9.io', 'evil.example')
    expect(standingOf(enabled, { entitlement: { kind: 'refused', refusal } })).toMatchObject({
      mode: 'degraded',
      reason:
        'The entitlement is of the server evil.example, and this editor trusts api.kube9.io (setting kube9.serverUrl).',
      mend: 'open-settings',
    })
  })

  test('an operated operator needs none', () => {
    const refusal = refusalOf('bad-signature', 'api.kube9.io')
    expect(standingOf(bare, { entitlement: { kind: 'refused', refusal } })).toMatchObject({ mode: 'operated' })
  })

  test('what the server refuses is degraded with its reason, although the token holds', () => {
    const server = { pro: false, message: 'The key was revoked.' }
    expect(standingOf(enabled, { entitlement: valid, server })).toMatchObject({
      mode: 'degraded',
      reason: 'The key was revoked.',
      mend: 'open-portal',
    })
    expect(standingOf(enabled, { entitlement: valid, server: { pro: true, message: null } })).toMatchObject({
      mode: 'enabled',
    })
  })
})

describe('time', () => {
  test('a fresh status says when it turns stale by itself', () => {
    const { changesAt } = judge(bare)
    expect(changesAt).toBe(Date.parse(bare.lastUpdate) + 5 * 60_000 + 1)
    expect(standingOf(bare, { now: changesAt ?? 0 })).toMatchObject({ mode: 'degraded' })
  })

  test('one from the future says when it has come', () => {
    const status = { ...bare, lastUpdate: minutesAgo(-10) }
    const { changesAt } = judge(status)
    expect(standingOf(status, { now: changesAt ?? 0 })).toMatchObject({ mode: 'operated' })
  })
})
