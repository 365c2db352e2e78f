import type { ReactNode } from 'react'
import { isSignedIn } from '#app/_lib/session.ts'
import { SiteFooter } from '#app/_features/site/site-footer.tsx'
import { SiteHeader } from '#app/_features/site/site-header.tsx'

export default async function MarketingLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SiteHeader signedIn={await isSignedIn()} />
      <main id="main">{children}</main>
      <SiteFooter />
    </>
  )
}
