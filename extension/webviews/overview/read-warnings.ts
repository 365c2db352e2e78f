import type { KubeApi } from '../../kube/kube-api.ts'
import { eventCount, eventTime, kubeEventSchema, newestFirst } from '../frame/kube-event.ts'
import type { KubeEvent } from '../frame/kube-event.ts'
import { referTo } from '../frame/known-kinds.ts'
import { readPages } from '../frame/read-pages.ts'
import type { Warning } from './protocol.ts'

/** Lists of events come by name, not by time: enough pages are read that the newest are among them in all but large storms. */
const PAGE_SIZE = 500
const MAX_PAGES = 4
const MAX_SHOWN = 10

/** Throws a `KubeError`. */
export async function readWarnings(api: KubeApi, context: string, signal: AbortSignal): Promise<Warning[]> {
  const { items } = await readPages(api, {
    path: '/api/v1/events',
    query: { fieldSelector: 'type=Warning' },
    item: kubeEventSchema,
    limit: PAGE_SIZE,
    maxPages: MAX_PAGES,
    signal,
  })
  return groupWarnings(newestFirst(items).map((event) => warningFrom(event, context))).slice(0, MAX_SHOWN)
}

/** The same of the same object counts as one that happened more often. The newest come first, and stay first. */
export function groupWarnings(warnings: readonly Warning[]): Warning[] {
  const groups = new Map<string, Warning>()
  for (const warning of warnings) {
    const key = JSON.stringify([warning.kind, warning.namespace, warning.name, warning.reason, warning.message])
    const known = groups.get(key)
    if (known) known.count += warning.count
    else groups.set(key, { ...warning })
  }
  return [...groups.values()]
}

function warningFrom(event: KubeEvent, context: string): Warning {
  const { kind, name, namespace = null, apiVersion } = event.involvedObject
  return {
    reason: event.reason,
    message: event.message,
    kind,
    name,
    namespace,
    reference: referTo({ context, kind, name, namespace, apiVersion }),
    count: eventCount(event),
    at: eventTime(event),
  }
}
