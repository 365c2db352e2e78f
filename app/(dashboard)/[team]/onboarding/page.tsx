import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { installWayOf } from '#app/_features/onboarding/install-commands.ts'
import { Onboarding } from '#app/_features/onboarding/onboarding.tsx'
import { rowIdOf } from '#app/_lib/row-id.ts'
import { firstOf } from '#app/_lib/search-params.ts'
import type { SearchParams } from '#app/_lib/search-params.ts'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

export const metadata: Metadata = { title: 'Connect a cluster' }

type OnboardingPageProps = { params: Promise<{ team: string }>; searchParams: SearchParams }

export default async function OnboardingPage({ params, searchParams }: OnboardingPageProps) {
  const { team: slug } = await params
  const { key, way } = await searchParams
  const team = await requireTeam(slug, `onboarding${key ? `?key=${firstOf(key)}` : ''}`)
  const { chartsUrl, apiUrl } = portalFacts()
  return (
    <Onboarding
      team={team}
      attempt={key ? await readAttempt(team.id, rowIdOf(firstOf(key))) : null}
      way={installWayOf(firstOf(way))}
      chartsUrl={chartsUrl}
      apiUrl={apiUrl}
      renderedAt={new Date().toISOString()}
    />
  )
}

async function readAttempt(teamId: string, apiKeyId: string) {
  const apiKeys = await ask((portal) => portal.apiKeys.list({ teamId }))
  const apiKey = apiKeys.find(({ id }) => id === apiKeyId)
  if (!apiKey) notFound()
  return { apiKey, progress: await ask((portal) => portal.onboarding.progress({ teamId, apiKeyId })) }
}
