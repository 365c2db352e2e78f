import type { Metadata } from 'next'
import { ApiKeyList } from '#app/_features/api-keys/api-key-list.tsx'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'api-keys')
  const apiKeys = await ask((portal) => portal.apiKeys.list({ teamId: team.id }))
  return <ApiKeyList team={team} apiKeys={apiKeys} renderedAt={new Date().toISOString()} />
}
