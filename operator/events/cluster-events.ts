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

type KubernetesEvent = z.infer<typeof eventSchema>

function storedEventOf(event: KubernetesEvent): StoredEvent {
  const { metadata, involvedObject, reason, message } = event
  const { first, last } = timesOf(event)
  return {
    id: metadata.uid,
    event_type: 'cluster',
    severity: 'warning',
    title: involvedObject.name ? `${reason}: ${involvedObject.name}` : reason,
    description: message.slice(0, MAX_DESCRIPTION),
    object_kind: involvedObject.kind ?? null,
    object_namespace: involvedObject.namespace ?? null,
    object_name: involvedObject.name ?? null,
    metadata: { reason, count: countOf(event), first_timestamp: first, last_timestamp: last },
    created_at: last,
  }
}

/** Events of the old form count by themselves, those of the new one in a series. */
function countOf({ series, count }: KubernetesEvent): number {
  return series?.count ?? count ?? 1
}

function timesOf({ metadata, eventTime, firstTimestamp, lastTimestamp, series }: KubernetesEvent) {
  const created = isoOf(metadata.creationTimestamp) ?? new Date().toISOString()
  const first = isoOf(firstTimestamp) ?? isoOf(eventTime) ?? created
  return { first, last: isoOf(series?.lastObservedTime) ?? isoOf(lastTimestamp) ?? first }
}

function isoOf(text: string | null | undefined): string | undefined {
  const milliseconds = Date.parse(text ?? '')
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString()
}
