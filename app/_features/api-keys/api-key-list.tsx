import type { ApiKeySummary, TeamSummary } from '#contract/portal-api.ts'
import { LiveRefresh } from '#app/_features/live/live-refresh.tsx'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Card } from '#app/_ui/card.tsx'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge } from '#app/_ui/status-badge.tsx'
import { Table } from '#app/_ui/table.tsx'
import type { Column } from '#app/_ui/table.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { CreateKey } from './create-key.tsx'
import { KeyClusters } from './key-clusters.tsx'
import { RevokeKey } from './revoke-key.tsx'

type ApiKeyListProps = { team: TeamSummary; apiKeys: readonly ApiKeySummary[]; renderedAt: string }

export function ApiKeyList({ team, apiKeys, renderedAt }: ApiKeyListProps) {
  return (
    <>
      <LiveRefresh teamId={team.id} />
      <PageHeading
        title="API keys"
        lead="An operator shows its key with every call. One key may serve several clusters."
      />
      <div className="grid gap-6">
        <CreateKey teamId={team.id} />
        <Card aria-label="API keys">
          {apiKeys.length === 0 ? (
            <NoKeys team={team} />
          ) : (
            <Table
              caption="API keys of this team"
              columns={columnsFor(team, renderedAt)}
              rows={apiKeys}
              rowKey={({ id }) => id}
            />
          )}
        </Card>
      </div>
    </>
  )
}

function NoKeys({ team }: { team: TeamSummary }) {
  return (
    <EmptyState
      kind="none-yet"
      title="No API key yet"
      action={
        <ButtonLink href={`/${team.slug}/onboarding`} variant="primary">
          Connect a cluster
        </ButtonLink>
      }
      docs={<TextLink href="/docs/security">How keys are kept</TextLink>}
    >
      Connecting a cluster makes one on the way.
    </EmptyState>
  )
}

function columnsFor(team: TeamSummary, renderedAt: string): Column<ApiKeySummary>[] {
  return [
    {
      id: 'name',
      label: 'Name',
      cell: ({ name, masked, revokedAt }) => (
        <span className="grid justify-items-start">
          <span className="font-medium break-all">{name}</span>
          <code className="text-xs break-all text-muted">{masked}</code>
          <span className="mt-1 md:hidden">
            <StatusBadge status={revokedAt ? 'ended' : 'active'} />
          </span>
        </span>
      ),
    },
    {
      id: 'state',
      label: 'Status',
      wide: true,
      cell: ({ revokedAt }) => <StatusBadge status={revokedAt ? 'ended' : 'active'} />,
    },
    {
      id: 'clusters',
      label: 'Used by',
      wide: true,
      cell: (key) => <KeyClusters teamSlug={team.slug} clusters={key.clusters} />,
    },
    {
      id: 'used',
      label: 'Last used',
      wide: true,
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? (
          <RelativeTime at={lastUsedAt} renderedAt={renderedAt} />
        ) : (
          <span className="text-muted">Never</span>
        ),
    },
    {
      id: 'created',
      label: 'Created',
      wide: true,
      cell: ({ createdAt, createdBy }) => (
        <span className="grid">
          <RelativeTime at={createdAt} renderedAt={renderedAt} />
          <span className="text-xs break-all text-muted">by {createdBy}</span>
        </span>
      ),
    },
    {
      id: 'actions',
      label: 'Actions',
      cell: (key) =>
        key.revokedAt === null && team.role === 'owner' ? (
          <RevokeKey
            teamId={team.id}
            apiKey={{
              id: key.id,
              name: key.name,
              clusterNames: key.clusters.filter(({ state }) => state !== 'goodbye').map(({ name }) => name),
            }}
          />
        ) : null,
    },
  ]
}
