import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault, KubeError } from '../kube/kube-error.ts'
import { kubeEventSchema, newestFirst } from '../webviews/frame/kube-event.ts'
import type { KubeEvent } from '../webviews/frame/kube-event.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'

const MAX_EVENTS = 100
const RETRY_MS = 5_000
/** Where events may be listed but not watched, or not read at all. */
const POLL_MS = 15_000

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional() }).default({}),
  items: z.array(kubeEventSchema).nullish(),
})

interface EventsListener {
  /** The newest first. */
  onEvents(events: KubeEvent[]): void
  onFault(error: KubeError): void
}

/** Tells of what happened to an object, and of what happens, until the signal aborts. Never rejects. */
export async function followEvents(
  api: KubeApi,
  reference: ObjectReference,
  { listener, signal }: { listener: EventsListener; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = 0
    try {
      await readAndWatch(api, reference, { listener, signal })
    } catch (error) {
      if (signal.aborted) return
      const isForbidden = isKubeFault(error, 'forbidden')
      if (!isKubeFault(error, 'expired')) {
        listener.onFault(error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error }))
      }
      pauseMs = isForbidden ? POLL_MS : RETRY_MS
    }
    await delay(Math.max(pauseMs, 1_000), undefined, { signal }).catch(() => undefined)
  }
}

async function readAndWatch(
  api: KubeApi,
  { kind, name, namespace }: ObjectReference,
  { listener, signal }: { listener: EventsListener; signal: AbortSignal },
): Promise<void> {
  const path = namespace === null ? '/api/v1/events' : `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`
  // Not by uid: the kubelet writes events of its node under the node's name.
  const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`
  const list = await api.call(path, listSchema, { query: { fieldSelector, limit: MAX_EVENTS }, signal })
  const events = new Map((list.items ?? []).map((event) => [keyOf(event), event]))
  const tell = () => listener.onEvents(newestFirst([...events.values()]).slice(0, MAX_EVENTS))
  tell()
  const query = { fieldSelector, resourceVersion: list.metadata.resourceVersion }
  for await (const { type, object } of api.watch(path, { query, signal })) {
    const event = type === 'BOOKMARK' ? undefined : kubeEventSchema.safeParse(object).data
    if (!event) continue
    if (type === 'DELETED') events.delete(keyOf(event))
    else events.set(keyOf(event), event)
    tell()
  }
}

function keyOf({ metadata, reason, message }: KubeEvent): string {
  return metadata.uid ?? metadata.name ?? `${reason} ${message}`
}
