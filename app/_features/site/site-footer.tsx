import Link from 'next/link'
import { currentTheme } from '#app/_lib/current-theme.ts'
import { setTheme } from '#app/_lib/set-theme.ts'
import { Mark } from '#app/_ui/glyph.tsx'
import { ThemeSwitch } from '#app/_ui/theme-switch.tsx'
import { footLinks, siteLinks } from './site-links.ts'

export async function SiteFooter() {
  const theme = await currentTheme()
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-8 gap-y-5 px-5 py-8 text-muted">
        <p className="flex items-center gap-2">
          <Mark size={16} /> kube9, free software under the MIT licence
        </p>
        <nav aria-label="Foot" className="flex flex-wrap gap-x-5 gap-y-2">
          {[...siteLinks.slice(2), ...footLinks].map(({ href, label }) => (
            <Link key={href} href={href} className="rounded-control py-0.5 hover:text-ink">
              {label}
            </Link>
          ))}
        </nav>
        <div className="ml-auto">
          <ThemeSwitch current={theme} action={setTheme} />
        </div>
      </div>
    </footer>
  )
}
