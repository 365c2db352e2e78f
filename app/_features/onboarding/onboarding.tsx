import type { ApiKeySummary, OnboardingProgress, TeamSummary } from '#contract/portal-api.ts'
import { EmptyState } from '#app/_ui/empty-state.tsx'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Card } from '#app/_ui/card.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { ConnectFlow } from './connect-flow.tsx'
import type { InstallWay } from './install-commands.ts'
import { WaitingPanel } from './waiting-panel.tsx'

type OnboardingProps = {
  team: TeamSummary
  /** The key that the address names, with how far its cluster has come; null before there is one. */
  attempt: { apiKey: ApiKeySummary; progress: OnboardingProgress } | null
  way: InstallWay
  chartsUrl: string
  apiUrl: string
  renderedAt: string
}

export function Onboarding({ team, attempt, way, chartsUrl, apiUrl, renderedAt }: OnboardingProps) {
  if (!attempt && !team.plan.active) return <NotInPlan team={team} />
  return (
    <div className="max-w-3xl">
      <PageHeading title="Connect a cluster" lead="Name a key, run one command, and watch it turn green." />
      <ConnectFlow
        teamId={team.id}
        apiKey={attempt && { id: attempt.apiKey.id, name: attempt.apiKey.name, masked: attempt.apiKey.masked }}
        way={way}
        chartsUrl={chartsUrl}
        apiUrl={apiUrl}
      >
        {attempt && (
          <WaitingPanel team={team} apiKey={attempt.apiKey} progress={attempt.progress} renderedAt={renderedAt} />
        )}
      </ConnectFlow>
    </div>
  )
}

function NotInPlan({ team }: { team: TeamSummary }) {
  return (
    <>
      <PageHeading title="Connect a cluster" />
      <Card aria-label="Connect a cluster">
        <EmptyState
          kind="not-in-plan"
          title="Your trial is over"
          action={
            <ButtonLink href={`/${team.slug}/billing`} variant="primary">
              See your plan
            </ButtonLink>
          }
        >
          Connecting a cluster with a key is part of Pro. Without a key the operator goes on in the free mode.
        </EmptyState>
      </Card>
    </>
  )
}
