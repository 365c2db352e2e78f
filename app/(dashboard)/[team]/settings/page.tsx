import type { Metadata } from 'next'
import type { TeamSummary } from '#contract/portal-api.ts'
import { Settings } from '#app/_features/settings/settings.tsx'
import { Room } from '#app/_features/shell/room.tsx'
import { currentTheme } from '#app/_lib/current-theme.ts'
import { ask } from '#app/_server/ask.ts'
import { requireUser } from '#app/_server/session.ts'
import { requireTeam } from '#app/_server/team.ts'

export const metadata: Metadata = { title: 'Settings' }

export default async function SettingsPage({ params }: { params: Promise<{ team: string }> }) {
  const { team: slug } = await params
  const team = await requireTeam(slug, 'settings')
  const { email } = await requireUser(`/${slug}/settings`)
  return (
    <Room>
      <Account team={team} email={email} />
    </Room>
  )
}

async function Account({ team, email }: { team: TeamSummary; email: string }) {
  const [sessions, editors, theme] = await Promise.all([
    ask((portal) => portal.account.sessions()),
    ask((portal) => portal.editors.list()),
    currentTheme(),
  ])
  return (
    <Settings
      team={team}
      email={email}
      theme={theme}
      sessions={sessions}
      editors={editors}
      renderedAt={new Date().toISOString()}
    />
  )
}
