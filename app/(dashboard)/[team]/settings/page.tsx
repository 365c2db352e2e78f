import type { Metadata } from 'next'
import { Settings } from '#app/_features/settings/settings.tsx'
import { currentTheme } from '#app/_lib/current-theme.ts'
import { ask } from '#app/_server/ask.ts'
import { requireUser } from '#app/_server/session.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'settings')
  const { email } = await requireUser(`/${slug}/settings`)
  const sessions = await ask((portal) => portal.account.sessions())
  return (
    <Settings
      team={team}
      email={email}
      theme={await currentTheme()}
      sessions={sessions}
      renderedAt={new Date().toISOString()}
    />
  )
}
