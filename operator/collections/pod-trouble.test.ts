import { describe, expect, test } from 'vitest'
import { troubleOf } from './pod-trouble.ts'
import type { PodStatus } from './pod-trouble.ts'

const old = { ageMs: 3_600_000, isEnding: false }
const waiting = (reason: string): PodStatus => ({
  phase: 'Pending',
  containerStatuses: [{ state: { waiting: { reason } } }],
})
const ready: PodStatus = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] }
const unready: PodStatus = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] }

describe('why a pod is not well', () => {
  test.each(['CrashLoopBackOff', 'ImagePullBackOff', 'ErrImagePull', 'CreateContainerConfigError'])(
    'it waits with %s',
    (reason) => {
      expect(troubleOf(waiting(reason), { ageMs: 0, isEnding: false })).toBe(reason)
    },
  )

  test('a reason that Kubernetes does not have is told as Other, never as it stands', () => {
    expect(troubleOf(waiting('PullFromAcmeFailed'), old)).toBe('Other')
    expect(troubleOf({ phase: 'Failed', reason: 'AcmeSaysNo' }, old)).toBe('Other')
  })

  test('an init container, a failed pod and an evicted one say their own', () => {
    const killed = { state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }
    expect(troubleOf({ phase: 'Pending', initContainerStatuses: [killed] }, old)).toBe('OOMKilled')
    expect(troubleOf({ phase: 'Failed', containerStatuses: [killed] }, old)).toBe('OOMKilled')
    expect(troubleOf({ phase: 'Failed', reason: 'Evicted' }, old)).toBe('Evicted')
  })

  test('one that is old and not ready is told, be it running or still starting', () => {
    expect(troubleOf(unready, old)).toBe('NotReady')
    expect(troubleOf(waiting('ContainerCreating'), old)).toBe('NotReady')
  })
})

test('a pod that is ready, has done its work, begins or ends is in no trouble', () => {
  expect(troubleOf(ready, old)).toBeNull()
  expect(troubleOf({ phase: 'Succeeded' }, old)).toBeNull()
  expect(troubleOf(unready, { ageMs: 5_000, isEnding: false })).toBeNull()
  expect(troubleOf(waiting('PodInitializing'), { ageMs: 5_000, isEnding: false })).toBeNull()
  expect(troubleOf(unready, { ageMs: 3_600_000, isEnding: true })).toBeNull()
})

describe('a pod that ends is in no trouble', () => {
  const ending = { ageMs: 3_600_000, isEnding: true }

  test.each([
    { exitCode: 137, reason: 'Error' },
    { exitCode: 143, reason: 'Error' },
    { exitCode: 137, reason: 'OOMKilled' },
  ])('though its container ended with $exitCode and $reason', (terminated) => {
    const ended = [{ state: { terminated } }]
    expect(troubleOf({ phase: 'Running', containerStatuses: ended }, ending)).toBeNull()
    expect(troubleOf({ phase: 'Failed', containerStatuses: ended }, ending)).toBeNull()
    expect(troubleOf({ phase: 'Running', containerStatuses: ended }, old)).not.toBeNull()
  })

  test('though it waited for something or found no node', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]
    expect(troubleOf(waiting('CrashLoopBackOff'), ending)).toBeNull()
    expect(troubleOf({ phase: 'Pending', conditions }, ending)).toBeNull()
  })
})
