import type { Metadata } from 'next'
import type { TeamSummary } from '#contract/portal-api.ts'
import { Billing } from '#app/_features/billing/billing.tsx'
import { Room } from '#app/_features/shell/room.tsx'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Billing' }

export default async function BillingPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'billing')
  return (
    <Room>
      <Plan team={team} />
    </Room>
  )
}

async function Plan({ team }: { team: TeamSummary }) {
  const billing = await ask((portal) => portal.billing.get({ teamId: team.id }))
  return <Billing team={team} billing={billing} renderedAt={new Date().toISOString()} />
}
