import type { ReactNode } from 'react'
import { DashboardShell } from '#app/_features/shell/dashboard-shell.tsx'
import { currentTheme } from '#app/_lib/current-theme.ts'
import { isSideBarFolded } from '#app/_lib/side-bar.ts'
import { findTeam } from '#app/_server/team.ts'
import { currentUser } from '#server/auth/current-request.ts'
import { portalFacts } from '#server/trpc/portal-facts.ts'

type TeamLayoutProps = { children: ReactNode; params: Promise<{ team: string }> }

/** Draws the frame. Who may see what is decided by each page. */
export default async function TeamLayout({ children, params }: TeamLayoutProps) {
  const { team: slug } = await params
  const team = await findTeam(slug)
  if (!team) return children
  const [user, theme, folded] = await Promise.all([currentUser(), currentTheme(), isSideBarFolded()])
  return (
    <DashboardShell
      team={team}
      email={user?.email ?? ''}
      theme={theme}
      folded={folded}
      demo={portalFacts().demo}
      renderedAt={new Date().toISOString()}
    >
      {children}
    </DashboardShell>
  )
}
