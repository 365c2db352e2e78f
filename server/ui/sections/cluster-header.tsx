import type { ReactNode } from 'react'
import type { ClusterReport } from '#contract/cluster-report.ts'
import { useObservable, usePage } from '../page.ts'
import { Glyph } from '../parts/glyph.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { Link } from '../parts/link.tsx'
import { RelativeTime } from '../parts/relative-time.tsx'
import { clusterLooks, Status } from '../parts/status.tsx'
import type { StreamState } from '../data/change-stream.ts'
import { daysLeft } from './days-left.ts'

/** Which cluster this is, how it is, and the facts about it. */
export function ClusterHeader({ report }: { report: ClusterReport }) {
  const { cluster, team, links } = report
  const look = clusterLooks[cluster.state]
  return (
    <header className="cluster-header">
      <div className="identity">
        <Glyph clusterId={cluster.clusterId} size={36} className={`tone-${look.tone} tone`} />
        <div className="identity-text">
          <h1>{cluster.name}</h1>
          <p className="muted">
            {team.name}
            {cluster.isFork && ' · forked'} · <Link url={links.cluster}>Open in the portal</Link>
          </p>
        </div>
        <div className="identity-state">
          <output data-testid="cluster-state" data-state={cluster.state}>
            <Status {...look} />
          </output>
          <LiveMark />
        </div>
      </div>
      <Facts report={report} />
    </header>
  )
}

function Facts({ report: { cluster, plan, links } }: { report: ClusterReport }) {
  return (
    <dl className="facts">
      <Fact label="Last heartbeat">
        {cluster.lastHeartbeatAt ? <RelativeTime at={cluster.lastHeartbeatAt} /> : 'None yet'}
      </Fact>
      <Fact label="Nodes">{cluster.nodeCount}</Fact>
      <Fact label="Kubernetes">
        <code>{cluster.kubernetesVersion}</code>
      </Fact>
      <Fact label="Operator">
        <code>{cluster.operatorVersion}</code>
      </Fact>
      <Fact label="API key">
        {cluster.apiKey.name} <code className="muted">{cluster.apiKey.masked}</code>{' '}
        {cluster.apiKey.revokedAt && <Link url={links.apiKeys}>Revoked</Link>}
      </Fact>
      <Fact label="Tier">{plan.tier === 'pro' ? 'Pro' : 'Free'}</Fact>
      <Fact label="Plan">
        {plan.label} <span className="muted">{planNote(plan)}</span>
      </Fact>
    </dl>
  )
}

function planNote({ active, trialEndsAt }: ClusterReport['plan']): string {
  if (!active) return 'ended'
  return trialEndsAt === null ? '' : daysLeft(trialEndsAt, Date.now())
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const marks: Record<StreamState, { icon: IconName; word: string; title: string }> = {
  live: { icon: 'pulse', word: 'Live', title: 'Changes appear by themselves.' },
  connecting: { icon: 'sync', word: 'Connecting', title: 'The stream of changes is being opened.' },
  away: {
    icon: 'debug-disconnect',
    word: 'Every 15 s',
    title: 'There is no stream of changes, so the page asks again.',
  },
  paused: { icon: 'sync', word: 'Paused', title: 'The page reads nothing while it is hidden.' },
}

/** Whether what is shown keeps itself true. */
function LiveMark() {
  const { stream } = usePage()
  const { icon, word, title } = marks[useObservable(stream.state)]
  return (
    <span className="live-mark muted" title={title}>
      <Icon name={icon} />
      {word}
    </span>
  )
}
