import type { OverviewNodes, OverviewPods, Part, Trouble, Warning } from './protocol.ts'

export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'] as const
export type WorkloadKindName = (typeof workloadKinds)[number]

/** What was found out about a cluster, part by part. */
export interface OverviewFacts {
  version: Part<string>
  nodes: Part<OverviewNodes>
  namespaces: Part<number>
  pods: Part<OverviewPods>
  counts: Record<WorkloadKindName, Part<number>>
  /** Of the kinds that say how they are; the others are counted only. */
  troubles: Partial<Record<WorkloadKindName, Trouble[]>>
  warnings: Part<Warning[]>
  /** What may not be listed, with the rule that would allow it. */
  missing: { words: string; rbac: string }[]
  /** What went wrong, each once. */
  failures: string[]
  source: { words: string; at: string } | null
}

const loading = { state: 'loading' } as const

export function noFacts(): OverviewFacts {
  return {
    version: loading,
    nodes: loading,
    namespaces: loading,
    pods: loading,
    counts: {
      Deployment: loading,
      StatefulSet: loading,
      DaemonSet: loading,
      Job: loading,
      CronJob: loading,
      ReplicaSet: loading,
    },
    troubles: {},
    warnings: loading,
    missing: [],
    failures: [],
    source: null,
  }
}

/** What is being read anew; until it comes, or where it fails, what was read before. Troubles go with the count that they are of. */
export function overlayFacts(before: OverviewFacts, fresh: OverviewFacts): OverviewFacts {
  const newer = <T>(part: Part<T>, old: Part<T>) => {
    if (part.state === 'loading') return old
    return part.state === 'failed' && old.state === 'known' ? old : part
  }
  const isRead = Object.values({ ...fresh, ...fresh.counts }).every((part) => !isLoading(part))
  const counts = { ...before.counts }
  const troubles = { ...before.troubles }
  for (const kind of workloadKinds) {
    counts[kind] = newer(fresh.counts[kind], before.counts[kind])
    if (counts[kind] === before.counts[kind]) continue
    delete troubles[kind]
    const found = fresh.troubles[kind]
    if (found) troubles[kind] = found
  }
  return {
    version: newer(fresh.version, before.version),
    nodes: newer(fresh.nodes, before.nodes),
    namespaces: newer(fresh.namespaces, before.namespaces),
    pods: newer(fresh.pods, before.pods),
    counts,
    troubles,
    warnings: newer(fresh.warnings, before.warnings),
    missing: isRead ? fresh.missing : before.missing,
    failures: isRead ? fresh.failures : before.failures,
    source: isRead && fresh.failures.length === 0 ? fresh.source : (before.source ?? fresh.source),
  }
}

function isLoading(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'state' in part && part.state === 'loading'
}
