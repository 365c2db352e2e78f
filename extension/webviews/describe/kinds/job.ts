import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { at, code, fact, linked, plain, plainFact, timeFact, toned } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import { podsSection } from '../related-sections.ts'
import type { Described, KindDescription } from './kind-description.ts'

const count = z.number().optional()

const jobSchema = z.object({
  spec: z.object({ completions: count, parallelism: count, backoffLimit: count, suspend: z.boolean().optional() }),
  status: z
    .object({
      active: count,
      succeeded: count,
      failed: count,
      startTime: z.string().nullish(),
      completionTime: z.string().nullish(),
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    })
    .prefault({}),
})
type Job = z.infer<typeof jobSchema>

export function describeJob({ object, context, related }: Described): KindDescription {
  const job = jobSchema.parse(object)
  const { spec, status } = job
  const word = jobStatus(job)
  const pods = [`${status.active ?? 0} active`, `${status.succeeded ?? 0} succeeded`, `${status.failed ?? 0} failed`]
  const facts = [
    ...fact('Status', toned(word.text, word.tone)),
    ...plainFact('Pods', pods.join(', ')),
    ...plainFact('Completions wanted', spec.completions),
    ...plainFact('At once', spec.parallelism),
    ...plainFact('Failures allowed', spec.backoffLimit),
    ...timeFact('Started', status.startTime),
    ...timeFact('Completed', status.completionTime),
    ...plainFact('Took', durationText(status.startTime, status.completionTime)),
  ]
  const sections = [{ form: 'facts' as const, title: 'Job', facts }, ...conditionsSection(object)]
  return { status: word, sections: [...sections, ...podsSection(related, context)] }
}

function jobStatus({ spec, status }: Job): { text: string; tone: Tone } {
  const holds = (wanted: string) => status.conditions.some(({ type, status: is }) => type === wanted && is === 'True')
  if (holds('Failed')) return { text: 'Failed', tone: 'bad' }
  if (holds('Complete')) return { text: 'Complete', tone: 'quiet' }
  if (spec.suspend) return { text: 'Suspended', tone: 'quiet' }
  return (status.active ?? 0) > 0 ? { text: 'Running', tone: 'busy' } : { text: 'Waiting', tone: 'busy' }
}

function durationText(from: string | null | undefined, to: string | null | undefined): string | null {
  if (!from || !to) return null
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

const cronJobSchema = z.object({
  metadata: z.object({ namespace: z.string().optional() }),
  spec: z.object({
    schedule: z.string(),
    timeZone: z.string().nullish(),
    suspend: z.boolean().optional(),
    concurrencyPolicy: z.string().optional(),
    startingDeadlineSeconds: count.nullable(),
    successfulJobsHistoryLimit: count,
    failedJobsHistoryLimit: count,
  }),
  status: z
    .object({
      lastScheduleTime: z.string().nullish(),
      lastSuccessfulTime: z.string().nullish(),
      active: z.array(z.object({ name: z.string() })).default([]),
    })
    .prefault({}),
})

export function describeCronJob({ object, context }: Described): KindDescription {
  const { metadata, spec, status } = cronJobSchema.parse(object)
  const namespace = metadata.namespace ?? null
  const active = status.active.map(({ name }) => linked({ context, kind: 'Job', name, namespace }))
  const kept = `${spec.successfulJobsHistoryLimit ?? 3} that succeeded, ${spec.failedJobsHistoryLimit ?? 1} that failed`
  return {
    status: spec.suspend ? { text: 'Suspended', tone: 'quiet' } : null,
    sections: [
      {
        form: 'facts',
        title: 'CronJob',
        facts: [
          ...fact('Schedule', code(spec.schedule)),
          ...plainFact('Time zone', spec.timeZone),
          ...plainFact('Suspended', spec.suspend ? 'Yes' : 'No'),
          ...plainFact('When one still runs', spec.concurrencyPolicy),
          ...fact('Last scheduled', status.lastScheduleTime ? at(status.lastScheduleTime) : plain('Never')),
          ...timeFact('Last success', status.lastSuccessfulTime),
          ...fact('Running now', active.length > 0 ? active : plain('None')),
          ...plainFact('Jobs kept', kept),
        ],
      },
      ...conditionsSection(object),
    ],
  }
}
