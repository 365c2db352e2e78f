import type { ClusterReport } from '#contract/cluster-report.ts'
import type { ErrorCode } from '#contract/errors.ts'
import { Link } from '../parts/link.tsx'
import { Notice } from '../parts/notice.tsx'
import { clusterLooks } from '../parts/status.tsx'

const planCodes = new Set<ErrorCode>(['SUBSCRIPTION_REQUIRED', 'CLUSTER_LIMIT_REACHED', 'FORBIDDEN'])

/** What is wrong with the cluster as a whole, and the page of the portal that mends it. */
export function StateNotice({ report: { cluster, plan, links } }: { report: ClusterReport }) {
  const plans = (
    <Link url={links.billing} look="primary">
      See plans
    </Link>
  )
  if (!plan.active) {
    return (
      <Notice kind="warning" title="The team’s plan has ended" actions={plans}>
        <p>
          Pro is off for all of the team’s clusters until a plan is chosen. Nothing is lost: it comes back as it was.
        </p>
      </Notice>
    )
  }
  if (cluster.refusal) {
    const mendsByPlan = planCodes.has(cluster.refusal.code)
    const keys = (
      <Link url={links.apiKeys} look="primary">
        Manage API keys
      </Link>
    )
    return (
      <Notice kind="error" title="The server refuses this cluster" actions={mendsByPlan ? plans : keys}>
        <p>{cluster.refusal.message}</p>
      </Notice>
    )
  }
  if (cluster.state === 'offline' || cluster.state === 'goodbye' || cluster.state === 'waiting') {
    const look = clusterLooks[cluster.state]
    const portal = (
      <Link url={links.cluster} look="button">
        See it in the portal
      </Link>
    )
    return (
      <Notice kind={cluster.state === 'offline' ? 'warning' : 'info'} title={look.word} actions={portal}>
        <p>{look.meaning}</p>
      </Notice>
    )
  }
  return null
}
