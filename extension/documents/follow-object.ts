import { setTimeout as delay } from 'node:timers/promises'
import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault, KubeError } from '../kube/kube-error.ts'
import { collectionPath, objectPath } from '../webviews/frame/object-reference.ts'
import type { ObjectReference } from '../webviews/frame/object-reference.ts'
import { kubeObjectSchema, seeObject } from './seen-object.ts'
import type { SeenObject } from './seen-object.ts'

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000
/** Where an object may be read but not watched. */
const POLL_MS = 10_000

export interface ObjectListener {
  onSeen(seen: SeenObject): void
  /** It is not there: deleted, or never made. It is still looked for. */
  onGone(): void
  onFault(error: KubeError): void
}

/** Reads an object of which the values of a Secret are taken away. Throws a `KubeError`. */
export async function readObject(api: KubeApi, reference: ObjectReference, signal?: AbortSignal): Promise<SeenObject> {
  const object = await api.call(objectPath(reference), kubeObjectSchema, signal ? { signal } : {})
  return seeObject(object, reference.kind)
}

/** Tells of an object and of each change to it, until the signal aborts. Never rejects. */
export async function followObject(
  api: KubeApi,
  reference: ObjectReference,
  { listener, signal }: { listener: ObjectListener; signal: AbortSignal },
): Promise<void> {
  let retryMs = FIRST_RETRY_MS
  while (!signal.aborted) {
    let pauseMs = FIRST_RETRY_MS
    try {
      const seen = await readObject(api, reference, signal)
      if (signal.aborted) return
      listener.onSeen(seen)
      retryMs = FIRST_RETRY_MS
      pauseMs = await watchObject(api, reference, { seen, listener, signal })
    } catch (error) {
      if (signal.aborted) return
      if (isKubeFault(error, 'not-found')) listener.onGone()
      else
        listener.onFault(error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error }))
      pauseMs = retryMs
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

interface Watching {
  seen: SeenObject
  listener: ObjectListener
  signal: AbortSignal
}

/** Gives back after how long the object has to be read anew. Throws only what is no fault of the watch itself. */
async function watchObject(api: KubeApi, reference: ObjectReference, watching: Watching): Promise<number> {
  const { seen, listener, signal } = watching
  const query = {
    fieldSelector: `metadata.name=${reference.name}`,
    resourceVersion: seen.object.metadata.resourceVersion,
  }
  try {
    for await (const event of api.watch(collectionPath(reference), { query, signal })) {
      if (event.type === 'ERROR') return FIRST_RETRY_MS
      if (event.type === 'DELETED') listener.onGone()
      const object = event.type === 'ADDED' || event.type === 'MODIFIED' ? kubeObjectSchema.parse(event.object) : null
      if (object) listener.onSeen(seeObject(object, reference.kind))
    }
    return FIRST_RETRY_MS
  } catch (error) {
    if (isKubeFault(error, 'expired')) return FIRST_RETRY_MS
    if (isKubeFault(error, 'forbidden')) return POLL_MS
    throw error
  }
}
