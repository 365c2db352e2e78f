import type { ReactNode } from 'react'
import type { ClusterDetail, TeamSummary } from '#contract/portal-api.ts'
import { LiveRefresh } from '#app/_features/live/live-refresh.tsx'
import { longDate } from '#app/_lib/dates.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { CopyButton } from '#app/_ui/copy-button.tsx'
import { Glyph } from '#app/_ui/glyph.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { StatusBadge, statusSolid } from '#app/_ui/status-badge.tsx'
import { TextLink } from '#app/_ui/text-link.tsx'
import { ClusterBadge } from './cluster-badge.tsx'
import { clusterStatus, isRemovable } from './cluster-status.ts'
import { ConditionList } from './condition-list.tsx'
import { RemoveCluster } from './remove-cluster.tsx'

type ClusterPageProps = { team: TeamSummary; cluster: ClusterDetail; renderedAt: string }

export function ClusterPage({ team, cluster, renderedAt }: ClusterPageProps) {
  const { status, meaning } = clusterStatus[cluster.state]
  const over = cluster.state === 'goodbye' || cluster.state === 'offline'
  return (
    <>
      <LiveRefresh teamId={team.id} />
      <PageHeading
        title={cluster.name}
        before={<Glyph clusterId={cluster.clusterId} size={40} className={statusSolid(status)} />}
        lead={
          <span className="flex flex-wrap items-center gap-1.5">
            <code className="break-all">{cluster.clusterId}</code>
            <CopyButton text={cluster.clusterId} label="Copy cluster id" iconOnly variant="quiet" />
            {cluster.isFork && <Badge>Forked</Badge>}
          </span>
        }
      >
        <output data-testid="cluster-state" data-state={cluster.state}>
          <ClusterBadge state={cluster.state} />
        </output>
      </PageHeading>
      <div className="grid gap-6">
        <StateNotice cluster={cluster} meaning={meaning} />
        <Facts team={team} cluster={cluster} renderedAt={renderedAt} />
        <Card aria-labelledby="conditions-title">
          <CardHeader
            id="conditions-title"
            title="Conditions"
            hint={over ? 'As they were last reported.' : undefined}
          />
          <ConditionList conditions={cluster.conditions} renderedAt={renderedAt} />
        </Card>
        {isRemovable(cluster.state) && team.role === 'owner' && <RemoveCluster team={team} cluster={cluster} />}
      </div>
    </>
  )
}

function StateNotice({ cluster, meaning }: { cluster: ClusterDetail; meaning: string }) {
  if (cluster.refusal) {
    return (
      <Notice kind="error">
        <strong className="font-semibold">The server refuses this cluster.</strong> {cluster.refusal.message}
      </Notice>
    )
  }
  if (cluster.state === 'goodbye' && cluster.deregisteredAt) {
    return (
      <Notice kind="info">
        This cluster said goodbye on {longDate(cluster.deregisteredAt)}: its operator was removed. Install it again, and
        it comes back here.
      </Notice>
    )
  }
  if (cluster.state === 'healthy') return null
  return <Notice kind={cluster.state === 'waiting' ? 'info' : 'warning'}>{meaning}</Notice>
}

function Facts({ team, cluster, renderedAt }: ClusterPageProps) {
  return (
    <Card aria-label="Facts">
      <dl className="grid gap-px overflow-hidden rounded-box bg-line sm:grid-cols-2 lg:grid-cols-3">
        <Fact label="Last heartbeat">
          {cluster.lastHeartbeatAt ? <RelativeTime at={cluster.lastHeartbeatAt} renderedAt={renderedAt} /> : 'None yet'}
        </Fact>
        <Fact label="Nodes">{cluster.nodeCount}</Fact>
        <Fact label="Kubernetes">
          <code>{cluster.kubernetesVersion}</code>
        </Fact>
        <Fact label="Operator">
          <code>{cluster.operatorVersion}</code>
        </Fact>
        <Fact label="Registered">
          <RelativeTime at={cluster.registeredAt} renderedAt={renderedAt} />
        </Fact>
        <Fact label="API key">
          <TextLink href={`/${team.slug}/api-keys`}>{cluster.apiKey.name}</TextLink>{' '}
          <code className="text-muted">{cluster.apiKey.masked}</code>{' '}
          {cluster.apiKey.revokedAt && <StatusBadge status="ended" />}
        </Fact>
      </dl>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="bg-surface px-5 py-3.5">
      <dt className="text-muted">{label}</dt>
      <dd className="mt-0.5 font-medium break-words tabular-nums">{children}</dd>
    </div>
  )
}
