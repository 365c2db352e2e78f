import { z } from 'zod'
import type { KubernetesApi, Query } from './kubernetes-api.ts'
import { KubernetesError } from './kubernetes-error.ts'

const RESTARTS = 3

export interface ListRequest<Item> {
  path: string
  /** What is kept of each item; everything else is dropped with its page. */
  item: z.ZodType<Item>
  limit: number
  query?: Query
  accept?: string
}

/**
 * Hands over one page of items after the other. A list that grew too old in between (410) begins again; `onRestart` then forgets
 * what came so far. Throws a `KubernetesError`.
 */
export async function listPages<Item>(
  api: KubernetesApi,
  request: ListRequest<Item>,
  onPage: (items: Item[]) => void,
  onRestart: () => void,
): Promise<void> {
  const schema = z.object({
    metadata: z.object({ continue: z.string().optional() }).default({}),
    items: z.array(request.item).nullish(),
  })
  const accept = request.accept ? { accept: request.accept } : {}
  let token: string | undefined
  let restarts = 0
  for (;;) {
    try {
      const query = { ...request.query, limit: request.limit, continue: token }
      const page = await api.call(request.path, schema, { query, ...accept })
      onPage(page.items ?? [])
      token = page.metadata.continue || undefined
      if (!token) return
    } catch (error) {
      const expired = error instanceof KubernetesError && error.status === 410
      if (!expired || restarts === RESTARTS) throw error
      restarts += 1
      token = undefined
      onRestart()
    }
  }
}
