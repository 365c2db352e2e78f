import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { code, codeFact, fact, linked, plainFact, timeFact, toned } from '../cells.ts'
import { conditionsSection } from '../conditions.ts'
import type { Section } from '../protocol.ts'
import { containerSchema, containersSection, containerStatusSchema } from './containers.ts'
import type { ContainerStatus } from './containers.ts'
import type { Described, KindDescription } from './kind-description.ts'
import { volumesSection, volumesSchema } from './volumes.ts'

const statuses = z.array(containerStatusSchema).default([])

const podSchema = z.object({
  metadata: z.object({ namespace: z.string().optional(), deletionTimestamp: z.string().nullish() }),
  spec: z.object({
    nodeName: z.string().optional(),
    serviceAccountName: z.string().optional(),
    restartPolicy: z.string().optional(),
    priorityClassName: z.string().optional(),
    containers: z.array(containerSchema).default([]),
    initContainers: z.array(containerSchema).default([]),
    ephemeralContainers: z.array(containerSchema).default([]),
    volumes: volumesSchema,
  }),
  status: z
    .object({
      phase: z.string().default('Unknown'),
      reason: z.string().optional(),
      message: z.string().optional(),
      podIPs: z.array(z.object({ ip: z.string() })).default([]),
      hostIP: z.string().optional(),
      qosClass: z.string().optional(),
      startTime: z.string().nullish(),
      containerStatuses: statuses,
      initContainerStatuses: statuses,
      ephemeralContainerStatuses: statuses,
    })
    .prefault({}),
})
type Pod = z.infer<typeof podSchema>

export function describePod({ object, context }: Described): KindDescription {
  const pod = podSchema.parse(object)
  const { spec, status } = pod
  const namespace = pod.metadata.namespace ?? null
  const word = podStatus(pod)
  const facts: Section = {
    form: 'facts',
    title: 'Pod',
    facts: [
      ...fact('Status', toned(word.text, word.tone)),
      ...plainFact('Message', status.message),
      ...fact('Node', spec.nodeName ? linked({ context, kind: 'Node', name: spec.nodeName }) : null),
      ...fact(
        'Pod IPs',
        status.podIPs.map(({ ip }) => code(ip)),
      ),
      ...codeFact('Host IP', status.hostIP),
      ...fact(
        'Service account',
        spec.serviceAccountName
          ? linked({ context, kind: 'ServiceAccount', name: spec.serviceAccountName, namespace })
          : null,
      ),
      ...plainFact('Quality of service', status.qosClass),
      ...codeFact('Priority class', spec.priorityClassName),
      ...plainFact('Restart policy', spec.restartPolicy),
      ...timeFact('Started', status.startTime),
    ],
  }
  return {
    status: word,
    sections: [
      facts,
      ...containersSection('Containers', spec.containers, { statuses: status.containerStatuses, word: null }),
      ...containersSection('Init containers', spec.initContainers, {
        statuses: status.initContainerStatuses,
        word: 'init',
      }),
      ...containersSection('Ephemeral containers', spec.ephemeralContainers, {
        statuses: status.ephemeralContainerStatuses,
        word: 'ephemeral',
      }),
      ...conditionsSection(object),
      ...volumesSection(spec.volumes, { context, namespace }),
    ],
  }
}

/** In a word, as `kubectl get pods` says it. */
function podStatus({ metadata, status }: Pick<Pod, 'metadata' | 'status'>): { text: string; tone: Tone } {
  if (metadata.deletionTimestamp) return { text: 'Terminating', tone: 'busy' }
  const held = [...status.initContainerStatuses, ...status.containerStatuses].map(heldReason).find(Boolean)
  if (held) return { text: held, tone: STARTING.has(held) ? 'busy' : 'bad' }
  const text = status.reason ?? status.phase
  if (status.phase === 'Running') {
    const ready = status.containerStatuses.every((container) => container.ready)
    return ready ? { text, tone: 'good' } : { text: `${text}, not ready`, tone: 'warning' }
  }
  return { text, tone: phaseTones[status.phase] ?? 'quiet' }
}

/** Null for what is no pod. */
export function podStatusOf(object: unknown): { text: string; tone: Tone } | null {
  const pod = podSchema.safeParse(object).data
  return pod ? podStatus(pod) : null
}

const STARTING = new Set(['ContainerCreating', 'PodInitializing'])

const phaseTones: Record<string, Tone> = { Pending: 'busy', Succeeded: 'quiet', Failed: 'bad', Unknown: 'warning' }

function heldReason({ state: { waiting, terminated } }: ContainerStatus): string | undefined {
  if (waiting?.reason) return waiting.reason
  return terminated && terminated.exitCode !== 0 ? (terminated.reason ?? `Exit code ${terminated.exitCode}`) : undefined
}
