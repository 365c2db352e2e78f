import type { ApiKeySummary } from '#contract/portal-api.ts'
import { clusterStatus } from '#app/_features/clusters/cluster-status.ts'
import { Glyph } from '#app/_ui/glyph.tsx'
import { statusSolid } from '#app/_ui/status-badge.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'

/** Which clusters show a key. */
export function KeyClusters({ teamSlug, clusters }: { teamSlug: string; clusters: ApiKeySummary['clusters'] }) {
  if (clusters.length === 0) return <span className="text-muted">No cluster</span>
  return (
    <ul className="grid gap-1">
      {clusters.map(({ id, clusterId, name, state }) => (
        <li key={id} className="flex items-center gap-2">
          <Glyph clusterId={clusterId} size={14} className={statusSolid(clusterStatus[state].status)} />
          <TextLink href={`/${teamSlug}/clusters/${id}`}>{name}</TextLink>
        </li>
      ))}
    </ul>
  )
}
