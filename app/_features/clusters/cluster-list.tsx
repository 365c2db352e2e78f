import Link from 'next/link'
import type { ClusterSummary, TeamSummary } from '#contract/portal-api.ts'
import { LiveRefresh } from '#app/_features/live/live-refresh.tsx'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Card } from '#app/_ui/card.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { Glyph } from '#app/_ui/glyph.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { statusSolid } from '#app/_ui/status-badge.tsx'
import { Table } from '#app/_ui/table.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import type { Column } from '#app/_ui/table.tsx'
import { ClusterBadge } from './cluster-badge.tsx'
import { clusterStatus } from './cluster-status.ts'

type ClusterListProps = { team: TeamSummary; clusters: readonly ClusterSummary[]; renderedAt: string }

export function ClusterList({ team, clusters, renderedAt }: ClusterListProps) {
  return (
    <>
      <LiveRefresh teamId={team.id} />
      <PageHeading title="Clusters">
        {clusters.length > 0 && (
          <ButtonLink href={`/${team.slug}/onboarding`} variant="primary">
            Connect a cluster
          </ButtonLink>
        )}
      </PageHeading>
      <Card aria-label="Clusters">
        {clusters.length === 0 ? (
          <NoClusters team={team} />
        ) : (
          <Table
            caption="Clusters of this team"
            columns={columnsFor(team, renderedAt)}
            rows={clusters}
            rowKey={({ id }) => id}
          />
        )}
      </Card>
    </>
  )
}

function NoClusters({ team }: { team: TeamSummary }) {
  return (
    <EmptyState
      kind="none-yet"
      title="No cluster is connected yet"
      action={
        <ButtonLink href={`/${team.slug}/onboarding`} variant="primary">
          Connect a cluster
        </ButtonLink>
      }
      docs={<TextLink href="/docs/getting-started">How it goes</TextLink>}
    >
      Name a key, run one command, and the cluster turns green here by itself.
    </EmptyState>
  )
}

function columnsFor(team: TeamSummary, renderedAt: string): Column<ClusterSummary>[] {
  return [
    {
      id: 'name',
      label: 'Name',
      cell: ({ id, clusterId, name, state }) => (
        <Link
          href={`/${team.slug}/clusters/${id}`}
          className="flex items-center gap-2.5 rounded-control font-medium hover:text-link"
        >
          <Glyph clusterId={clusterId} size={18} className={statusSolid(clusterStatus[state].status)} />
          <span className="break-all">{name}</span>
        </Link>
      ),
    },
    { id: 'state', label: 'Status', cell: ({ state }) => <ClusterBadge state={state} /> },
    { id: 'nodes', label: 'Nodes', wide: true, cell: ({ nodeCount }) => nodeCount },
    {
      id: 'kubernetes',
      label: 'Kubernetes',
      wide: true,
      cell: ({ kubernetesVersion }) => <code>{kubernetesVersion}</code>,
    },
    { id: 'operator', label: 'Operator', wide: true, cell: ({ operatorVersion }) => <code>{operatorVersion}</code> },
    {
      id: 'heartbeat',
      label: 'Last heartbeat',
      wide: true,
      cell: ({ lastHeartbeatAt }) =>
        lastHeartbeatAt ? (
          <RelativeTime at={lastHeartbeatAt} renderedAt={renderedAt} />
        ) : (
          <span className="text-muted">None yet</span>
        ),
    },
  ]
}
