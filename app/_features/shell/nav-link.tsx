'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { classNames } from '#app/_ui/class-names.ts'

type NavLinkProps = { href: string; label: string; folded: boolean; children: ReactNode }

/** A line of the side bar; its icon is given as a child. Folded, the label is there for screen readers and on hover. */
export function NavLink({ href, label, folded, children }: NavLinkProps) {
  const path = usePathname()
  const current = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      title={label}
      aria-current={current ? 'page' : undefined}
      className={classNames(
        'flex h-9 items-center gap-2.5 rounded-control px-2.5 whitespace-nowrap',
        current ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
      <span className={classNames('max-md:sr-only', folded && 'md:sr-only')}>{label}</span>
    </Link>
  )
}
