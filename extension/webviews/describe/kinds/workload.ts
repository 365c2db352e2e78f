import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { codeFact, fact, plainFact, selectorText, toned, code } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import type { Section } from '../protocol.ts'
import { podsSection } from '../related-sections.ts'
import type { Described, KindDescription } from './kind-description.ts'

const count = z.number().optional()

const workloadSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish(), generation: count }),
  spec: z.object({
    replicas: count,
    paused: z.boolean().optional(),
    minReadySeconds: count,
    progressDeadlineSeconds: count,
    revisionHistoryLimit: count,
    serviceName: z.string().optional(),
    podManagementPolicy: z.string().optional(),
    selector: z.object({ matchLabels: z.record(z.string(), z.string()).default({}) }).optional(),
    strategy: z.unknown().optional(),
    updateStrategy: z.unknown().optional(),
    template: z
      .object({ spec: z.object({ containers: z.array(z.object({ image: z.string().default('') })).default([]) }) })
      .optional(),
  }),
  status: z
    .object({
      observedGeneration: count,
      replicas: count,
      readyReplicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      desiredNumberScheduled: count,
      currentNumberScheduled: count,
      numberReady: count,
      updatedNumberScheduled: count,
      numberAvailable: count,
    })
    .default({}),
})
type Workload = z.infer<typeof workloadSchema>

const strategySchema = z.object({
  type: z.string(),
  rollingUpdate: z.record(z.string(), z.union([z.string(), z.number()])).nullish(),
})

/** Deployment, StatefulSet, DaemonSet and ReplicaSet: how many pods it wants, and how many it has. */
export function describeWorkload({ object, context, related }: Described): KindDescription {
  const workload = workloadSchema.parse(object)
  const { spec, metadata } = workload
  const counts = countsOf(workload)
  const status = workloadStatus(workload, counts)
  const images = [...new Set(spec.template?.spec.containers.map(({ image }) => image) ?? [])]
  const facts: Section = {
    form: 'facts',
    title: 'Rollout',
    facts: [
      ...fact('Replicas', toned(countsText(counts), status.tone)),
      ...plainFact('Strategy', strategyText(spec.strategy ?? spec.updateStrategy)),
      ...plainFact('Paused', spec.paused ? 'Yes, changes are not rolled out' : null),
      ...codeFact('Revision', metadata.annotations?.['deployment.kubernetes.io/revision']),
      ...codeFact('Selector', selectorText(spec.selector?.matchLabels ?? {})),
      ...codeFact('Headless Service', spec.serviceName),
      ...plainFact('Pod management', spec.podManagementPolicy),
      ...plainFact('Ready for at least', spec.minReadySeconds ? `${spec.minReadySeconds} s` : null),
      ...plainFact('Progress deadline', spec.progressDeadlineSeconds && `${spec.progressDeadlineSeconds} s`),
      ...plainFact('Revisions kept', spec.revisionHistoryLimit),
      ...fact('Images', images.map(code)),
    ],
  }
  return { status, sections: [facts, ...conditionsSection(object), ...podsSection(related, context)] }
}

interface Counts {
  desired: number
  ready: number
  updated: number | undefined
  available: number
}

function countsOf({ spec, status }: Workload): Counts {
  if (status.desiredNumberScheduled !== undefined) {
    return {
      desired: status.desiredNumberScheduled,
      ready: status.numberReady ?? 0,
      updated: status.updatedNumberScheduled ?? 0,
      available: status.numberAvailable ?? 0,
    }
  }
  return {
    desired: spec.replicas ?? 1,
    ready: status.readyReplicas ?? 0,
    updated: status.updatedReplicas,
    available: status.availableReplicas ?? 0,
  }
}

function countsText({ desired, ready, updated, available }: Counts): string {
  const parts = [`${desired} desired`, `${ready} ready`, `${available} available`]
  if (updated !== undefined) parts.push(`${updated} up to date`)
  return parts.join(', ')
}

function workloadStatus(
  { metadata, status }: Workload,
  { desired, ready, updated }: Counts,
): { text: string; tone: Tone } {
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) return { text: 'Updating', tone: 'busy' }
  if (desired === 0) return { text: 'Scaled to none', tone: 'quiet' }
  const words = `${ready} of ${desired} ready`
  if (ready >= desired && (updated ?? desired) >= desired) return { text: words, tone: 'good' }
  return { text: words, tone: ready === 0 ? 'bad' : 'warning' }
}

function strategyText(strategy: unknown): string | null {
  const parsed = strategySchema.safeParse(strategy)
  if (!parsed.success) return null
  const { type, rollingUpdate } = parsed.data
  const how = Object.entries(rollingUpdate ?? {}).map(([key, value]) => `${STRATEGY_WORDS[key] ?? key} ${value}`)
  return how.length === 0 ? type : `${type} (${how.join(', ')})`
}

const STRATEGY_WORDS: Record<string, string> = { maxSurge: 'surge', maxUnavailable: 'unavailable' }
