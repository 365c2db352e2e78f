import type { KubeApi } from '../kube/kube-api.ts'
import { isKubeFault, KubeError } from '../kube/kube-error.ts'
import { rest } from '../kube/rest.ts'
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
  let expiredMs = FIRST_RETRY_MS
  while (!signal.aborted) {
    let pauseMs = FIRST_RETRY_MS
    try {
      const seen = await readObject(api, reference, signal)
      if (signal.aborted) return
      listener.onSeen(seen)
      retryMs = FIRST_RETRY_MS
      const end = await watchObject(api, reference, { seen, listener, signal })
      if (end === 'forbidden') pauseMs = POLL_MS
      if (end === 'expired') pauseMs = expiredMs
      expiredMs = end === 'expired' ? Math.min(expiredMs * 2, LAST_RETRY_MS) : FIRST_RETRY_MS
    } catch (error) {
      if (signal.aborted) return
      if (isKubeFault(error, 'not-found')) listener.onGone()
      else
        listener.onFault(error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error }))
      pauseMs = retryMs
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    }
    await rest(pauseMs, signal)
  }
}

interface Watching {
  seen: SeenObject
  listener: ObjectListener
  signal: AbortSignal
}

/**
 * Tells of what comes after `seen`, until the object has to be read anew. The watch begins at `0`, wherever the API server is, as
 * that of kubectl does: it refuses the version of an object that has not changed for long as too old. Throws the faults of a read,
 * and of a watch those that are not its ordinary ends.
 */
async function watchObject(
  api: KubeApi,
  reference: ObjectReference,
  { seen, listener, signal }: Watching,
): Promise<'ended' | 'expired' | 'forbidden'> {
  const query = { fieldSelector: `metadata.name=${reference.name}`, resourceVersion: '0' }
  // The first event says what is there. Where none comes, the object may have been deleted before the watch began.
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), POLL_MS)
  let known = versionOf(seen)
  let isCaughtUp = false
  try {
    const request = { query, signal: AbortSignal.any([signal, silence.signal]) }
    for await (const { type, object } of api.watch(collectionPath(reference), request)) {
      if (type === 'ERROR') return 'expired'
      if (type === 'BOOKMARK') continue
      clearTimeout(timer)
      const told = seeObject(kubeObjectSchema.parse(object), reference.kind)
      if (isCaughtUp) {
        if (type === 'DELETED') listener.onGone()
        else listener.onSeen(told)
      } else if (type === 'DELETED' || versionOf(told) !== known) {
        // It may be older than what is known, which versions do not tell. A read is never older, and the watch comes to it.
        const newest = await readObject(api, reference, signal)
        if (signal.aborted) return 'ended'
        if (versionOf(newest) !== known) listener.onSeen(newest)
        known = versionOf(newest)
      }
      isCaughtUp ||= type !== 'DELETED' && versionOf(told) === known
    }
    return 'ended'
  } catch (error) {
    if (isKubeFault(error, 'expired')) return 'expired'
    if (isKubeFault(error, 'forbidden')) return 'forbidden'
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function versionOf({ object }: SeenObject): string | undefined {
  return object.metadata.resourceVersion
}
