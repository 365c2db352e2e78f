import type { TeamSummary } from '#contract/portal-api.ts'
import { daysUntil, longDate } from '#app/_lib/dates.ts'
import { TextLink } from '#app/_ui/text-link.tsx'

/** How long the trial still goes, or that it is over; nothing on any other plan. */
export function TrialBanner({ team, renderedAt }: { team: TeamSummary; renderedAt: string }) {
  const { name, trialEndsAt, active } = team.plan
  if (name !== 'trial' || !trialEndsAt) return null
  const days = daysUntil(trialEndsAt, renderedAt)
  const plan = <TextLink href={`/${team.slug}/billing`}>See your plan</TextLink>
  if (!active) {
    return (
      <p className="border-b bg-degraded-soft px-5 py-2 md:px-8">
        Your trial ended on {longDate(trialEndsAt)}. Your clusters stay here, and their operators go on in the free
        mode. {plan}
      </p>
    )
  }
  return (
    <p className="border-b bg-accent-soft px-5 py-2 md:px-8">
      {days === 1 ? '1 day' : `${days} days`} left of your Pro trial, which ends on {longDate(trialEndsAt)}. {plan}
    </p>
  )
}
