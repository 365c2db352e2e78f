import { MARK_CELLS, glyphCells } from '#contract/glyph.ts'
import type { ApiKeySummary, OnboardingProgress, TeamSummary } from '#contract/portal-api.ts'
import { LiveRefresh } from '#app/_features/live/live-refresh.tsx'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Card } from '#app/_ui/card.tsx'
import { classNames } from '#app/_ui/class-names.ts'
import { Cells } from '#app/_ui/glyph.tsx'
import { ShowAfter } from '#app/_ui/show-after.tsx'
import { Timeline } from '#app/_ui/timeline.tsx'
import { progressSteps, sentenceOf } from './progress-steps.tsx'
import { RefusedAttempts } from './refused-attempts.tsx'
import { Troubleshooter } from './troubleshooter.tsx'

type WaitingPanelProps = { team: TeamSummary; apiKey: ApiKeySummary; progress: OnboardingProgress; renderedAt: string }

const TROUBLE_AFTER_MS = 90_000

/** What has arrived from the cluster so far. The glyph's cells fill fact by fact, and it turns green when it is connected. */
export function WaitingPanel({ team, apiKey, progress, renderedAt }: WaitingPanelProps) {
  const steps = progressSteps(progress, renderedAt)
  const done = steps.filter(({ state }) => state === 'done').length
  const cells = progress.cluster ? glyphCells(progress.cluster.clusterId) : MARK_CELLS
  const connected = progress.state === 'connected'
  return (
    <>
      <LiveRefresh teamId={team.id} />
      <Card
        aria-label="Connection"
        className={classNames('transition-colors duration-400', connected && 'border-healthy-solid')}
      >
        <div className="flex flex-wrap items-center gap-4 border-b px-5 py-4">
          <Cells
            cells={cells}
            size={44}
            filled={connected ? cells.length : Math.round((cells.filter(Boolean).length * done) / steps.length)}
            className={connected ? 'text-healthy-solid' : 'text-enabled-solid'}
          />
          <output
            className="block min-w-0 grow basis-60 text-lg font-semibold"
            data-testid="onboarding-state"
            data-state={progress.state}
          >
            {sentenceOf(progress)}
          </output>
          {connected && progress.cluster && (
            <ButtonLink href={`/${team.slug}/clusters/${progress.cluster.id}`} variant="primary">
              Open the cluster
            </ButtonLink>
          )}
        </div>
        <div className="grid gap-6 px-5 py-5">
          <Timeline steps={steps} />
          {!connected && <RefusedAttempts attempts={progress.refusedAttempts} renderedAt={renderedAt} />}
        </div>
      </Card>
      {progress.state === 'waiting' && (
        <ShowAfter sinceIso={apiKey.createdAt} delayMs={TROUBLE_AFTER_MS}>
          <Troubleshooter />
        </ShowAfter>
      )}
    </>
  )
}
