import type { Condition } from '#contract/conditions.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Standing } from '../../cluster/standing.ts'
import type { Tone } from '../frame/tone.ts'
import { workloadKinds } from './facts.ts'
import type { OverviewFacts } from './facts.ts'
import type { Overview } from './protocol.ts'
import { judgedKinds } from './read-workloads.ts'
import { standingWords } from './standing-words.ts'

const MAX_TROUBLES = 20

type SeenCluster = Pick<Cluster, 'context' | 'standing' | 'clusterId'>

/** What the page shows, from where the cluster stands and what was read of it. */
export function composeOverview(cluster: SeenCluster, facts: OverviewFacts, refreshing: boolean): Overview {
  return {
    target: { context: cluster.context.name },
    server: cluster.context.server,
    clusterId: cluster.clusterId,
    standing: standingWords(cluster.standing),
    version: facts.version,
    nodes: facts.nodes,
    namespaces: facts.namespaces,
    pods: facts.pods,
    workloads: workloadKinds.map((kind) => ({
      kind,
      count: facts.counts[kind],
      troubled: facts.troubles[kind]?.length ?? null,
    })),
    troubles: troublesOf(facts),
    warnings: facts.warnings,
    operator: operatorOf(cluster.standing),
    missing: missingOf(facts),
    failures: facts.failures,
    source: facts.source,
    refreshing,
  }
}

function troublesOf({ counts, troubles }: OverviewFacts): Overview['troubles'] {
  if (judgedKinds.some((kind) => counts[kind].state === 'loading')) return null
  return judgedKinds.flatMap((kind) => troubles[kind] ?? []).slice(0, MAX_TROUBLES)
}

function operatorOf(standing: Standing): Overview['operator'] {
  const status = 'status' in standing ? standing.status : null
  if (!status) return null
  return {
    version: status.version,
    conditions: status.conditions.map((condition) => ({
      type: condition.type,
      status: condition.status,
      tone: toneOf(condition),
      message: condition.message,
      at: condition.lastTransitionTime,
    })),
  }
}

function toneOf({ status }: Condition): Tone {
  if (status === 'True') return 'good'
  return status === 'False' ? 'warning' : 'quiet'
}

function missingOf({ missing }: OverviewFacts): Overview['missing'] {
  if (missing.length === 0) return null
  const words = missing.map(({ words: word }) => word)
  const listed = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
  return { words: listed ?? '', rbac: rulesText(missing) }
}

/** As the rules of a ClusterRole, each once. */
export function rulesText(missing: OverviewFacts['missing']): string {
  const rules = new Set(missing.map(({ rbac }) => rbac).filter(Boolean))
  return [...rules].map((rule) => `- ${rule}`).join('\n')
}
