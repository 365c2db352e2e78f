import { z } from 'zod'
import type { Tone } from '../../frame/tone.ts'
import { plain } from '../cells.ts'
import type { Cell, Section } from '../protocol.ts'

const quantities = z.record(z.string(), z.string()).default({})

export const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  restartPolicy: z.string().optional(),
  ports: z
    .array(z.object({ name: z.string().optional(), containerPort: z.number(), protocol: z.string().default('TCP') }))
    .default([]),
  resources: z.object({ requests: quantities, limits: quantities }).default({ requests: {}, limits: {} }),
})
type Container = z.infer<typeof containerSchema>

const terminatedSchema = z.object({
  exitCode: z.number(),
  signal: z.number().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  finishedAt: z.string().nullish(),
})

const stateSchema = z.object({
  running: z.object({ startedAt: z.string().nullish() }).optional(),
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  terminated: terminatedSchema.optional(),
})

export const containerStatusSchema = z.object({
  name: z.string(),
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: stateSchema.default({}),
  lastState: stateSchema.default({}),
})
export type ContainerStatus = z.infer<typeof containerStatusSchema>

interface Role {
  word: 'init' | 'sidecar' | 'ephemeral' | null
}

export function containersSection(
  title: string,
  containers: readonly Container[],
  { statuses, word }: Role & { statuses: readonly ContainerStatus[] },
): Section[] {
  if (containers.length === 0) return []
  const columns = ['Container', 'State', 'Restarts', 'Requests', 'Limits', 'Ports']
  const rows = containers.map((container): Cell[] => {
    const status = statuses.find(({ name }) => name === container.name)
    const role = word === 'init' && container.restartPolicy === 'Always' ? 'sidecar' : word
    return [
      { text: role === null ? container.name : `${container.name} (${role})`, code: true, note: container.image },
      stateCell(status),
      restartsCell(status),
      plain(quantitiesText(container.resources.requests)),
      plain(quantitiesText(container.resources.limits)),
      plain(container.ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`).join(', ') || '–'),
    ]
  })
  return [{ form: 'table', title, columns, rows, empty: '' }]
}

/** Waiting for these is how a container starts. */
const STARTING = new Set(['ContainerCreating', 'PodInitializing'])

export function stateCell(status: ContainerStatus | undefined): Cell {
  const { running, waiting, terminated } = status?.state ?? {}
  if (running) {
    const words = status?.ready ? 'Running' : 'Running, not ready'
    const tone: Tone = status?.ready ? 'good' : 'warning'
    return { text: words, tone, ...(running.startedAt ? { note: 'started', noteAt: running.startedAt } : {}) }
  }
  if (terminated) {
    const tone: Tone = terminated.exitCode === 0 ? 'quiet' : 'bad'
    return { text: terminated.reason ?? 'Terminated', tone, ...exitNote(terminated) }
  }
  const reason = waiting?.reason ?? 'Waiting'
  const tone: Tone = STARTING.has(reason) || !waiting?.reason ? 'busy' : 'bad'
  return { text: reason, tone, ...(waiting?.message ? { note: waiting.message } : {}) }
}

function restartsCell(status: ContainerStatus | undefined): Cell {
  const count = status?.restartCount ?? 0
  const last = status?.lastState.terminated
  if (!last) return plain(count)
  const { note, noteAt } = exitNote(last)
  return { text: String(count), note: `last: ${last.reason ?? 'ended'}, ${note}`, ...(noteAt ? { noteAt } : {}) }
}

function exitNote({ exitCode, signal, message, finishedAt }: z.infer<typeof terminatedSchema>) {
  const how = signal ? `signal ${signal}` : `exit code ${exitCode}`
  const words = message ? `${how}: ${message.trim()}` : how
  return finishedAt ? { note: `${words},`, noteAt: finishedAt } : { note: words }
}

const QUANTITY_WORDS: Record<string, string> = { cpu: 'CPU', memory: 'memory', 'ephemeral-storage': 'disk' }

export function quantitiesText(of: Record<string, string>): string {
  return (
    Object.entries(of)
      .map(([resource, quantity]) => `${quantity} ${QUANTITY_WORDS[resource] ?? resource}`)
      .join(', ') || '–'
  )
}
