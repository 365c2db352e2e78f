import { z } from 'zod'
import type { StoredEvent } from '#contract/event-query.ts'
import { listPages } from '../kube/list-pages.ts'
import type { KubernetesApi } from '../kube/kubernetes-api.ts'

const PAGE_SIZE = 500
const MAX_DESCRIPTION = 500

const moment = z.string().nullish()

const eventSchema = z.object({
  metadata: z.object({ uid: z.string(), creationTimestamp: z.string() }),
  involvedObject: z.object({
    kind: z.string().optional(),
    namespace: z.string().optional(),
    name: z.string().optional(),
  }),
  reason: z.string().default('Warning'),
  message: z.string().default(''),
  count: z.int().nonnegative().nullish(),
  series: z.object({ count: z.int().nonnegative().optional(), lastObservedTime: moment }).nullish(),
  eventTime: moment,
  firstTimestamp: moment,
  lastTimestamp: moment,
})

/** Hands over the warnings that Kubernetes keeps (an hour long), page by page; an event keeps its id. Throws a `KubernetesError`. */
export async function readClusterEvents(api: KubernetesApi, onPage: (events: StoredEvent[]) => void): Promise<void> {
  await listPages(
    api,
    { path: '/api/v1/events', item: eventSchema, limit: PAGE_SIZE, query: { fieldSelector: 'type=Warning' } },
    (events) => onPage(events.map(storedEventOf)),
    // What came before is stored under the same ids again.
    () => undefined,
  )
}

function storedEventOf(event: z.infer<typeof eventSchema>): StoredEvent {
  const { metadata, involvedObject, reason, message, series } = event
  const created = isoOf(metadata.creationTimestamp) ?? new Date().toISOString()
  const first = isoOf(event.firstTimestamp) ?? isoOf(event.eventTime) ?? created
  const last = isoOf(series?.lastObservedTime) ?? isoOf(event.lastTimestamp) ?? first
  return {
    id: metadata.uid,
    event_type: 'cluster',
    severity: 'warning',
    title: involvedObject.name ? `${reason}: ${involvedObject.name}` : reason,
    description: message.slice(0, MAX_DESCRIPTION),
    object_kind: involvedObject.kind ?? null,
    object_namespace: involvedObject.namespace ?? null,
    object_name: involvedObject.name ?? null,
    metadata: { reason, count: series?.count ?? event.count ?? 1, first_timestamp: first, last_timestamp: last },
    created_at: last,
  }
}

function isoOf(text: string | null | undefined): string | undefined {
  const milliseconds = Date.parse(text ?? '')
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString()
}
