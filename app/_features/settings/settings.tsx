import type { ConnectedEditor, SessionSummary, TeamSummary } from '#contract/portal-api.ts'
import type { Theme } from '#app/_lib/theme.ts'
import { setTheme } from '#app/_lib/set-theme.ts'
import { EditorList } from '#app/_features/editors/editor-list.tsx'
import { LiveRefresh } from '#app/_features/live/live-refresh.tsx'
import { Card, CardHeader } from '#app/_ui/card.tsx'
import { PageHeading } from '#app/_ui/page-heading.tsx'
import { ThemeSwitch } from '#app/_ui/theme-switch.tsx'
import { SessionList } from './session-list.tsx'
import { SignOutEverywhere } from './sign-out-everywhere.tsx'

type SettingsProps = {
  team: TeamSummary
  email: string
  theme: Theme
  sessions: readonly SessionSummary[]
  editors: readonly ConnectedEditor[]
  renderedAt: string
}

export function Settings({ team, email, theme, sessions, editors, renderedAt }: SettingsProps) {
  return (
    <>
      <LiveRefresh teamId={team.id} />
      <PageHeading title="Settings" />
      <div className="grid max-w-3xl gap-6">
        <Card aria-labelledby="account-title">
          <CardHeader id="account-title" title="Account" />
          <dl className="grid gap-x-6 gap-y-3 px-5 py-4 sm:grid-cols-[160px_1fr]">
            <dt className="text-muted">E-mail address</dt>
            <dd className="break-all">{email}</dd>
            <dt className="text-muted">Team</dt>
            <dd>{team.name}</dd>
            <dt className="text-muted">Your role</dt>
            <dd>{team.role === 'owner' ? 'Owner' : 'Member'}</dd>
            <dt className="text-muted">Theme</dt>
            <dd>
              <ThemeSwitch current={theme} action={setTheme} />
            </dd>
          </dl>
        </Card>
        <Card aria-labelledby="sessions-title">
          <CardHeader id="sessions-title" title="Sessions" hint="Browsers that are signed in to your account.">
            <SignOutEverywhere sessionCount={sessions.length} editorCount={editors.length} />
          </CardHeader>
          <SessionList sessions={sessions} renderedAt={renderedAt} />
        </Card>
        <Card aria-labelledby="editors-title">
          <CardHeader
            id="editors-title"
            title="Connected editors"
            hint="Editors in which the kube9 extension is signed in to your account."
          />
          <EditorList editors={editors} renderedAt={renderedAt} />
        </Card>
      </div>
    </>
  )
}
