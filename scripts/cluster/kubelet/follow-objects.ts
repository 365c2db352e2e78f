import { setTimeout as delay } from 'node:timers/promises'
import type { ApiClient } from './api-client.ts'

const RETRY_MS = 200
const WATCH_SECONDS = 300

interface ListedObject {
  metadata?: { resourceVersion?: string; uid?: string }
}

interface ObjectList<T> {
  metadata: { resourceVersion: string }
  items: T[]
}

/** Receives the whole truth after each list, then each change. */
export interface ObjectObserver<T> {
  onList: (objects: T[]) => void
  onChange: (object: T) => void
  onDelete: (object: T) => void
}

export interface FollowedCollection {
  /** Path of the collection, without a query. */
  path: string
  fieldSelector?: string
}

/** Lists and watches a collection until the signal aborts, listing anew after every kind of trouble. */
export async function followObjects<T extends ListedObject>(
  client: ApiClient,
  collection: FollowedCollection,
  observer: ObjectObserver<T>,
  signal: AbortSignal,
): Promise<void> {
  const selector = collection.fieldSelector ? `fieldSelector=${encodeURIComponent(collection.fieldSelector)}&` : ''
  while (!signal.aborted) {
    try {
      const list = await client.get<ObjectList<T>>(`${collection.path}?${selector}`)
      observer.onList(list.items)
      const from = `watch=true&resourceVersion=${list.metadata.resourceVersion}&timeoutSeconds=${WATCH_SECONDS}`
      await observe(client, `${collection.path}?${selector}${from}`, observer, signal)
    } catch {
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

async function observe<T>(client: ApiClient, path: string, observer: ObjectObserver<T>, signal: AbortSignal) {
  for await (const event of client.watch<T>(path, signal)) {
    if (event.type === 'ERROR') return
    if (event.type === 'DELETED') observer.onDelete(event.object)
    else if (event.type !== 'BOOKMARK') observer.onChange(event.object)
  }
}
