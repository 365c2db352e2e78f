import { LogOut, PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import Link from 'next/link'
import type { TeamSummary } from '#contract/portal-api.ts'
import { setFolded } from '#app/_lib/set-folded.ts'
import { setTheme } from '#app/_lib/set-theme.ts'
import type { Theme } from '#app/_lib/theme.ts'
import { classNames } from '#app/_ui/class-names.ts'
import { Logo, Mark } from '#app/_ui/glyph.tsx'
import { ThemeSwitch } from '#app/_ui/theme-switch.tsx'
import { navItems } from './nav-items.ts'
import { NavLink } from './nav-link.tsx'

type SideBarProps = { team: TeamSummary; email: string; theme: Theme; folded: boolean }

export function SideBar({ team, email, theme, folded }: SideBarProps) {
  const hiddenWhenFolded = folded ? 'md:hidden' : ''
  return (
    <header
      className={classNames(
        'flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-sunken px-3 py-2',
        'md:sticky md:top-0 md:h-dvh md:shrink-0 md:flex-col md:flex-nowrap md:items-stretch md:border-r md:border-b-0 md:py-4',
        folded ? 'md:w-[60px]' : 'md:w-[240px]',
      )}
    >
      <Link
        href={`/${team.slug}/clusters`}
        className="rounded-control px-2 py-1"
        aria-label={`kube9, clusters of ${team.name}`}
      >
        {folded ? <Mark /> : <Logo />}
      </Link>
      <p
        className={classNames('ml-auto min-w-0 truncate px-2.5 text-muted md:mt-2 md:ml-0', hiddenWhenFolded)}
        title={team.name}
      >
        {team.name}
      </p>
      <nav aria-label="Team" className="flex w-full gap-1 max-md:order-last md:mt-1 md:flex-col">
        {navItems.map(({ segment, label, icon: Icon }) => (
          <NavLink key={segment} href={`/${team.slug}/${segment}`} label={label} folded={folded}>
            <Icon aria-hidden size={16} className="shrink-0" />
          </NavLink>
        ))}
      </nav>
      <div
        className={classNames(
          'flex items-center gap-2 md:mt-auto md:flex-col md:items-stretch',
          folded && 'md:items-center',
        )}
      >
        <span className={classNames('max-md:hidden', hiddenWhenFolded)}>
          <ThemeSwitch current={theme} action={setTheme} />
        </span>
        <p className={classNames('min-w-0 truncate px-0.5 text-muted max-md:hidden', hiddenWhenFolded)} title={email}>
          {email}
        </p>
        <Link
          href="/sign-out"
          title="Sign out"
          className="flex h-9 items-center gap-2.5 rounded-control px-2.5 text-muted hover:bg-hover hover:text-ink"
        >
          <LogOut aria-hidden size={16} className="shrink-0" />
          <span className={classNames('max-md:sr-only', folded && 'md:sr-only')}>Sign out</span>
        </Link>
        <FoldButton folded={folded} />
      </div>
    </header>
  )
}

function FoldButton({ folded }: { folded: boolean }) {
  const label = folded ? 'Unfold the side bar' : 'Fold the side bar'
  const Icon = folded ? PanelLeftOpen : PanelLeftClose
  return (
    <form action={setFolded} className="max-md:hidden">
      <button
        type="submit"
        name="folded"
        value={folded ? 'no' : 'yes'}
        aria-label={label}
        title={label}
        className="flex h-9 items-center rounded-control px-2.5 text-muted hover:bg-hover hover:text-ink"
      >
        <Icon aria-hidden size={16} />
      </button>
    </form>
  )
}
