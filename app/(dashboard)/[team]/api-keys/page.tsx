import type { Metadata } from 'next'
import type { TeamSummary } from '#contract/portal-api.ts'
import { ApiKeyList } from '#app/_features/api-keys/api-key-list.tsx'
import { Room } from '#app/_features/shell/room.tsx'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'api-keys')
  return (
    <Room>
      <ApiKeys team={team} />
    </Room>
  )
}

async function ApiKeys({ team }: { team: TeamSummary }) {
  const apiKeys = await ask((portal) => portal.apiKeys.list({ teamId: team.id }))
  return <ApiKeyList team={team} apiKeys={apiKeys} renderedAt={new Date().toISOString()} />
}
