'use client'

import { useRouter } from 'next/navigation'
import type { ClusterDetail, TeamSummary } from '#contract/portal-api.ts'
import { callPortal } from '#app/_lib/portal-client.ts'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { ConfirmButton } from '#app/_ui/confirm-button.tsx'

/** For a cluster that is gone, or may be: takes it off the list, and frees its place in the plan. */
export function RemoveCluster({
  team,
  cluster,
}: {
  team: Pick<TeamSummary, 'id' | 'slug'>
  cluster: Pick<ClusterDetail, 'id' | 'name'>
}) {
  const router = useRouter()
  return (
    <Card aria-labelledby="remove-title">
      <CardHeader
        id="remove-title"
        title="Remove this cluster"
        hint="It leaves the list. If its operator calls again, it comes back."
      >
        <ConfirmButton
          label="Remove"
          title={`Remove ${cluster.name}?`}
          description="Its history in the portal goes with it. Nothing changes in the cluster itself."
          confirmLabel="Remove cluster"
          onConfirm={async () => {
            const outcome = await callPortal((portal) =>
              portal.clusters.remove.mutate({ teamId: team.id, id: cluster.id }),
            )
            if (!outcome.ok) return outcome.failure
            router.push(`/${team.slug}/clusters`)
            return null
          }}
        />
      </CardHeader>
    </Card>
  )
}
