import { describe, expect, it } from 'vitest'
import type { ObservedStatus } from '../cluster/observed-status.ts'
import type { Standing } from '../cluster/standing.ts'
import { installStep, refusalIn } from './install-progress.ts'

const status = (fields: Partial<ObservedStatus> = {}) =>
  ({ conditions: [], lastHeartbeat: null, ...fields }) as unknown as ObservedStatus
const refusedAt = (lastTransitionTime: string): Standing => ({
  mode: 'degraded',
  reason: 'The key was refused.',
  mend: 'create-key',
  status: status({
    conditions: [
      {
        type: 'ApiKeyAccepted',
        status: 'False',
        reason: 'KeyRefused',
        message: 'The API key was refused.',
        lastTransitionTime,
        observedGeneration: 1,
      },
    ],
  }),
})
const enabled = (lastHeartbeat: string | null) => ({ mode: 'enabled', status: status({ lastHeartbeat }) }) as Standing

describe('how far a cluster has come', () => {
  it.each([
    ['waiting', { mode: 'basic', warning: null } satisfies Standing, null],
    ['pod-starting', { mode: 'basic', warning: null } satisfies Standing, { ready: false, reason: 'ImagePullBackOff' }],
    ['key-arriving', { mode: 'operated', status: status() } satisfies Standing, null],
    ['registering', { mode: 'degraded', reason: 'Not yet.', mend: 'retry', status: status() } satisfies Standing, null],
    ['first-heartbeat', enabled(null), null],
    ['connected', enabled('2026-11-26T12:00:00Z'), null],
  ])('is %s', (step, standing, pod) => {
    expect(installStep(standing, pod, null).step).toBe(step)
  })

  it('says why a pod does not start', () => {
    const { words } = installStep({ mode: 'basic', warning: null }, { ready: false, reason: 'ImagePullBackOff' }, null)
    expect(words).toContain('ImagePullBackOff')
  })

  it('stops at a refusal of this key, and not at the one of the key before it', () => {
    const before = refusedAt('2026-11-26T12:00:00Z')
    expect(installStep(before, null, refusalIn(before)).step).toBe('registering')
    const after = refusedAt('2026-11-26T12:01:00Z')
    expect(installStep(after, null, refusalIn(before))).toEqual({ step: 'refused', words: 'The API key was refused.' })
    expect(installStep(before, null, null).step).toBe('refused')
  })
})
