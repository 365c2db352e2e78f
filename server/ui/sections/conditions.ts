import type { ClusterReport } from '#contract/cluster-report.ts'
import type { ConditionReason } from '#contract/conditions.ts'

export type ConditionView = ClusterReport['cluster']['conditions'][number]

const titles: Record<string, string> = {
  StatusWritable: 'Status can be written',
  ApiKeyAccepted: 'API key accepted',
  ServerReachable: 'Server reachable',
  Registered: 'Registered',
  CollectionsFresh: 'Collections fresh',
  ClusterHealthy: 'Cluster healthy',
}

export function conditionTitle(type: string): string {
  return titles[type] ?? type
}

/** What does not hold, or is not known. */
export function deviationsOf(conditions: readonly ConditionView[]): ConditionView[] {
  return conditions.filter(({ status }) => status !== 'True')
}

/** The place of the portal where a reason is mended; most are mended in the cluster. */
export function mendedAt(reason: ConditionReason): 'apiKeys' | 'billing' | null {
  switch (reason) {
    case 'KeyMalformed':
    case 'KeyRefused':
    case 'KeyExpired':
    case 'NoApiKey':
      return 'apiKeys'
    case 'SubscriptionRequired':
    case 'PlanRefused':
    case 'ClusterLimitReached':
      return 'billing'
    default:
      return null
  }
}
