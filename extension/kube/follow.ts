import { z } from 'zod'
import type { KubeApi, Query } from './kube-api.ts'
import { isKubeFault, KubeError } from './kube-error.ts'
import { rest } from './rest.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

export interface Following<Item> {
  path: string
  query: Query
  item: z.ZodType<Item>
  timeoutMs: number
  /** All there are, at the beginning and whenever the list was read anew. */
  onList(items: Item[]): void
  onChange(type: 'ADDED' | 'MODIFIED' | 'DELETED', item: Item): void
  /** Nothing comes for now; it is tried again, but for a credential that was refused. */
  onFault(error: KubeError): void
}

const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) })

/**
 * Lists, then watches, for as long as the signal allows: through ends, silences and restarts of the API server. A credential that
 * was refused ends it, since asking again could open a login window time after time.
 */
export async function follow<Item>(api: KubeApi, following: Following<Item>, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS
  while (!signal.aborted) {
    try {
      let version = await list(api, following, signal)
      waitMs = FIRST_WAIT_MS
      while (!signal.aborted) version = await watchFrom(version, { api, following, signal })
    } catch (error) {
      if (signal.aborted) return
      if (isKubeFault(error, 'expired')) continue
      const fault = error instanceof KubeError ? error : new KubeError('other', String(error), { cause: error })
      following.onFault(fault)
      if (fault.fault === 'unauthenticated') return
      const isForbidden = fault.fault === 'forbidden'
      // What is forbidden seldom changes from one moment to the next. Who forbids is there, though: what fails next begins anew.
      await rest(isForbidden ? LONGEST_WAIT_MS : waitMs, signal)
      waitMs = isForbidden ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS)
    }
  }
}

async function list<Item>(api: KubeApi, following: Following<Item>, signal: AbortSignal): Promise<string> {
  const { path, query, item, timeoutMs } = following
  const schema = z.object({ metadata: z.object({ resourceVersion: z.string() }), items: z.array(item).nullish() })
  const { metadata, items } = await api.call(path, schema, { query, timeoutMs, signal })
  following.onList(items ?? [])
  return metadata.resourceVersion
}

interface Watching<Item> {
  api: KubeApi
  following: Following<Item>
  signal: AbortSignal
}

/** One watch, to its ordinary end. Gives back where the next begins. */
async function watchFrom<Item>(from: string, { api, following, signal }: Watching<Item>): Promise<string> {
  const { path, query, item, timeoutMs } = following
  const begunAt = performance.now()
  let version = from
  const events = api.watch(path, { query: { ...query, resourceVersion: from }, timeoutMs, signal })
  for await (const { type, object } of events) {
    const { data } = versioned.safeParse(object)
    if (data) version = data.metadata.resourceVersion
    if (type === 'BOOKMARK' || type === 'ERROR') continue
    const parsed = item.safeParse(object)
    if (parsed.success) following.onChange(type, parsed.data)
  }
  // A server, or what stands before it, that ends each watch at once is not asked in a storm.
  if (performance.now() - begunAt < FIRST_WAIT_MS) await rest(FIRST_WAIT_MS, signal)
  return version
}
