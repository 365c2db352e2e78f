import type { Metadata } from 'next'
import type { TeamSummary } from '#contract/portal-api.ts'
import { ClusterList } from '#app/_features/clusters/cluster-list.tsx'
import { Room } from '#app/_features/shell/room.tsx'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Clusters' }

export default async function ClustersPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'clusters')
  return (
    <Room>
      <Clusters team={team} />
    </Room>
  )
}

async function Clusters({ team }: { team: TeamSummary }) {
  const clusters = await ask((portal) => portal.clusters.list({ teamId: team.id }))
  return <ClusterList team={team} clusters={clusters} renderedAt={new Date().toISOString()} />
}
