import type { Metadata } from 'next'
import { ClusterList } from '#app/_features/clusters/cluster-list.tsx'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Clusters' }

export default async function ClustersPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'clusters')
  const clusters = await ask((portal) => portal.clusters.list({ teamId: team.id }))
  return <ClusterList team={team} clusters={clusters} renderedAt={new Date().toISOString()} />
}
