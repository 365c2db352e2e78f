import type { KubeApi } from '../../kube/kube-api.ts'
import { referTo } from '../frame/known-kinds.ts'
import { readTable } from '../frame/read-pages.ts'
import type { TableRow } from '../frame/read-pages.ts'
import type { WorkloadKindName } from './facts.ts'
import type { Trouble } from './protocol.ts'

const PAGE_SIZE = 500
const MAX_PAGES = 10

/** Kinds whose rows say whether they are as they should be. */
export const judgedKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const satisfies WorkloadKindName[]
export type JudgedKind = (typeof judgedKinds)[number]

export interface JudgedWorkloads {
  count: number
  /** Null where only the count is known. */
  troubles: Trouble[] | null
}

/** Reads rows, not objects: some hundred bytes for each. Throws a `KubeError`. */
export async function readWorkloads(
  api: KubeApi,
  { kind, path, context, signal }: { kind: JudgedKind; path: string; context: string; signal: AbortSignal },
): Promise<JudgedWorkloads> {
  const { items, remaining } = await readTable(api, { path, limit: PAGE_SIZE, maxPages: MAX_PAGES, signal })
  const troubles = items.flatMap((row) => {
    const judged = judge(kind, row)
    const reference = judged && referTo({ context, kind, name: row.name, namespace: row.namespace })
    return judged && reference ? [{ reference, ...judged }] : []
  })
  return { count: items.length + (remaining ?? 0), troubles }
}

/** Null when it is as it should be. */
export function judge(kind: JudgedKind, { cells }: TableRow): { ready: string; note: string } | null {
  if (kind === 'Job') {
    // The column is there since Kubernetes 1.31.
    const failed = cells['Status'] === 'Failed' || cells['Status'] === 'FailureTarget'
    return failed ? { ready: cells['Completions'] ?? '', note: 'failed' } : null
  }
  const [ready, desired] =
    kind === 'DaemonSet' ? [cells['Ready'], cells['Desired']] : (cells['Ready']?.split('/') ?? [])
  const missing = Number(desired) - Number(ready)
  if (!(missing > 0)) return null
  return { ready: `${ready}/${desired}`, note: missing === 1 ? '1 pod is not ready' : `${missing} pods are not ready` }
}
