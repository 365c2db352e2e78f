import { redirect } from 'next/navigation'
import { requireTeam } from '#app/_server/team.ts'

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
  const { team } = await params
  await requireTeam(team, 'clusters')
  redirect(`/${team}/clusters`)
}
