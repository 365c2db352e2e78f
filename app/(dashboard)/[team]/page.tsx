import { notFound, redirect } from 'next/navigation'
import { findTeam } from '#app/_server/team.ts'

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
  const { team } = await params
  if (await findTeam(team)) redirect(`/${team}/clusters`)
  notFound()
}
