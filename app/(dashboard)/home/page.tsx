import { redirect } from 'next/navigation'
import { ask } from '#app/_server/ask.ts'
import { requireUser } from '#app/_server/session.ts'

/** Where signing in leads: to the clusters of one's team, or to connecting the first. */
export default async function HomePage() {
  await requireUser('/home')
  const [team] = await ask((portal) => portal.team.list())
  if (!team) redirect('/support')
  const clusters = await ask((portal) => portal.clusters.list({ teamId: team.id }))
  redirect(`/${team.slug}/${clusters.length > 0 ? 'clusters' : 'onboarding'}`)
}
