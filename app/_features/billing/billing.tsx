import type { BillingSummary, TeamSummary } from '#contract/portal-api.ts'
import { daysUntil, longDate } from '#app/_lib/dates.ts'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { UsageBar } from '#app/_ui/usage-bar.tsx'

type BillingProps = { team: TeamSummary; billing: BillingSummary; renderedAt: string }

export function Billing({ team, billing, renderedAt }: BillingProps) {
  const { plan } = billing
  return (
    <>
      <PageHeading title="Billing" lead={`The plan of ${team.name}.`} />
      <div className="grid max-w-3xl gap-6">
        {billing.payments === 'not-configured' && (
          <Notice kind="info">
            Payments are not configured here, so a plan cannot be bought on this installation. Who runs it can set that
            up.
          </Notice>
        )}
        <Card aria-labelledby="plan-title">
          <CardHeader id="plan-title" title={plan.label} hint={planSentence(plan, renderedAt)} />
          <div className="grid gap-5 px-5 py-5">
            <UsageBar label="Clusters connected" used={plan.clustersUsed} limit={plan.clusterLimit} />
            <p className="text-muted">
              Pro costs {money(billing.priceMinorPerClusterMonth, billing.currency)} per cluster and month. Operators
              without a key cost nothing.
            </p>
          </div>
        </Card>
      </div>
    </>
  )
}

function planSentence({ name, active, trialEndsAt }: BillingSummary['plan'], renderedAt: string): string {
  if (name !== 'trial' || !trialEndsAt) return active ? 'Active.' : 'Not active.'
  if (!active)
    return `The trial ended on ${longDate(trialEndsAt)}. Operators with a key say so, and go on in the free mode; your data stays.`
  const days = daysUntil(trialEndsAt, renderedAt)
  return `The trial ends on ${longDate(trialEndsAt)}, in ${days === 1 ? '1 day' : `${days} days`}. Nothing is charged by itself.`
}

/** Minor units, such as cents, as an amount. */
function money(amountMinor: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(
    amountMinor / 100,
  )
}
