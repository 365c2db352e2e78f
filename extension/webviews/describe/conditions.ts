import { z } from 'zod'
import type { Tone } from '../frame/tone.ts'
import { at, plain, toned } from './cells.ts'
import type { Section } from './protocol.ts'

const conditionsSchema = z.object({
  status: z.object({
    conditions: z.array(
      z.object({
        type: z.string(),
        status: z.string(),
        reason: z.string().nullish(),
        message: z.string().nullish(),
        lastTransitionTime: z.string().nullish(),
      }),
    ),
  }),
})

/** Conditions that are good when they are false. */
const BAD_WHEN_TRUE = /Pressure$|^NetworkUnavailable$|Failed$|Failure|^Stalled$|Degraded$|^FailureTarget$|Terminating$/
/** Conditions that say what is, neither good nor bad. */
const NEITHER = /^Suspended$|^DisruptionTarget$|^PodReadyToStartContainers$/

/** The conditions of an object of any kind; none where it has none. */
export function conditionsSection(object: unknown): Section[] {
  const parsed = conditionsSchema.safeParse(object)
  if (!parsed.success || parsed.data.status.conditions.length === 0) return []
  return [
    {
      form: 'table',
      title: 'Conditions',
      columns: ['Condition', 'Status', 'Reason', 'Since'],
      rows: parsed.data.status.conditions.map(({ type, status, reason, message, lastTransitionTime }) => [
        plain(type),
        toned(status, conditionTone(type, status)),
        { text: reason ?? '', ...(message ? { note: message } : {}) },
        lastTransitionTime ? at(lastTransitionTime) : plain(''),
      ]),
      empty: '',
    },
  ]
}

export function conditionTone(type: string, status: string): Tone {
  if (NEITHER.test(type) || (status !== 'True' && status !== 'False')) return 'quiet'
  const isGood = (status === 'True') !== BAD_WHEN_TRUE.test(type)
  return isGood ? 'good' : 'warning'
}
