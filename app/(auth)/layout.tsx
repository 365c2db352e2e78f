import Link from 'next/link'
import type { ReactNode } from 'react'
import { CellField } from '#app/_ui/cell-field.tsx'
import { SiteFooter } from '#app/_features/site/site-footer.tsx'
import { Logo } from '#app/_ui/glyph.tsx'

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="relative isolate flex min-h-dvh flex-col overflow-hidden">
      <CellField />
      <header className="px-5 py-4">
        <Link href="/" className="rounded-control" aria-label="kube9, start page">
          <Logo />
        </Link>
      </header>
      <main id="main" className="flex grow flex-col justify-center px-5 py-10">
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}
