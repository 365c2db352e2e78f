import { expect, test } from 'vitest'
import type { ConditionState } from './condition-states.ts'
import { ConditionHistory } from './condition-history.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute))
const reachable: ConditionState = { type: 'ServerReachable', status: 'True', reason: 'ServerAnswers', message: 'a' }
const away: ConditionState = { type: 'ServerReachable', status: 'False', reason: 'ServerFault', message: 'b' }

test('the time of a condition moves with its status, not with its reason, its message, or a restart', () => {
  const history = new ConditionHistory()
  const timeOf = (state: ConditionState, minute: number) =>
    history.observe([state], 1, at(minute))[0]?.lastTransitionTime
  expect(timeOf(reachable, 0)).toBe(at(0).toISOString())
  expect(timeOf(away, 1)).toBe(at(1).toISOString())
  expect(timeOf({ ...away, reason: 'ServerTimeout', message: 'c' }, 2)).toBe(at(1).toISOString())
  const published = history.observe([away], 1, at(3))
  expect(new ConditionHistory(published).observe([away], 2, at(4))).toEqual([
    { ...published[0], observedGeneration: 2 },
  ])
})
