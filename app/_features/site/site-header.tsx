import Link from 'next/link'
import { ButtonLink } from '#app/_ui/button-link.tsx'
import { Logo } from '#app/_ui/glyph.tsx'
import { siteLinks } from './site-links.ts'

type SiteHeaderProps = { signedIn: boolean }

/** The head of every page outside the dashboard. On a phone the links stand in a second line, so nothing hides in a menu. */
export function SiteHeader({ signedIn }: SiteHeaderProps) {
  return (
    <header className="border-b bg-canvas">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 gap-y-2 px-5 py-3">
        <Link href="/" className="rounded-control" aria-label="kube9, start page">
          <Logo />
        </Link>
        <nav aria-label="Site" className="order-last -mx-2 flex w-full flex-wrap sm:order-none sm:mx-0 sm:w-auto">
          {siteLinks.map(({ href, label }) => (
            <Link key={href} href={href} className="rounded-control px-2 py-1.5 text-muted hover:text-ink sm:px-2.5">
              {label}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex gap-2">
          {signedIn ? (
            <ButtonLink href="/home" variant="primary" prefetch={false}>
              Open the portal
            </ButtonLink>
          ) : (
            <>
              <ButtonLink href="/sign-in" variant="quiet">
                Sign in
              </ButtonLink>
              <ButtonLink href="/sign-up" variant="primary">
                Sign up
              </ButtonLink>
            </>
          )}
        </div>
      </div>
    </header>
  )
}
