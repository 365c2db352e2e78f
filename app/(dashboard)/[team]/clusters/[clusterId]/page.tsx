import type { Metadata } from 'next'
import { ClusterPage } from '#app/_features/clusters/cluster-detail.tsx'
import { rowIdOf } from '#app/_lib/row-id.ts'
import { ask } from '#app/_server/ask.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Cluster' }

type ClusterRouteProps = { params: Promise<{ team: string; clusterId: string }> }

export default async function ClusterRoute({ params }: ClusterRouteProps) {
  const { team: slug, clusterId } = await params
  const team = await requireTeam(slug, `clusters/${clusterId}`)
  const cluster = await ask((portal) => portal.clusters.get({ teamId: team.id, id: rowIdOf(clusterId) }))
  return <ClusterPage team={team} cluster={cluster} renderedAt={new Date().toISOString()} />
}
