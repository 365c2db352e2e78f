import type { ReactNode } from 'react'
import { SiteFooter } from '#app/_features/site/site-footer.tsx'
import { SiteHeader } from '#app/_features/site/site-header.tsx'
import { isSignedIn } from '#app/_server/session.ts'

/** The frame of every page that is for everybody. */
export default async function SiteLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader signedIn={await isSignedIn()} />
      <main id="main" className="grow">
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}
