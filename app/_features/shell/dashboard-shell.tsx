import Link from 'next/link'
import type { ReactNode } from 'react'
import type { TeamSummary } from '#contract/portal-api.ts'
import type { Theme } from '#app/_lib/theme.ts'
import { DemoBanner } from './demo-banner.tsx'
import { SideBar } from './side-bar.tsx'
import { TrialBanner } from './trial-banner.tsx'

type DashboardShellProps = {
  team: TeamSummary
  email: string
  theme: Theme
  folded: boolean
  demo: boolean
  /** When this page is drawn, ISO 8601. */
  renderedAt: string
  children: ReactNode
}

/** The frame of every page of a team: a side bar from 768 px on, a row of icons below. */
export function DashboardShell({ team, email, theme, folded, demo, renderedAt, children }: DashboardShellProps) {
  return (
    <div className="md:flex">
      <SideBar team={team} email={email} theme={theme} folded={folded} />
      <div className="min-w-0 grow">
        {demo && <DemoBanner />}
        <TrialBanner team={team} renderedAt={renderedAt} />
        <main id="main" className="mx-auto max-w-page px-5 py-8 md:px-8">
          {children}
        </main>
        <footer className="mx-auto flex max-w-page flex-wrap gap-x-5 gap-y-2 px-5 pb-8 text-muted md:px-8">
          <Link href="/docs" className="hover:text-ink">
            Docs
          </Link>
          <Link href="/charts" className="hover:text-ink">
            Charts
          </Link>
          <Link href="/support" className="hover:text-ink">
            Support
          </Link>
        </footer>
      </div>
    </div>
  )
}
