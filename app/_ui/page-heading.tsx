import type { ReactNode } from 'react'

type PageHeadingProps = { title: string; lead?: ReactNode; before?: ReactNode; children?: ReactNode }

/** A page's name, what it is about, and on the right what can be done. */
export function PageHeading({ title, lead, before, children }: PageHeadingProps) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="flex min-w-0 items-center gap-4">
        {before}
        <div className="grid min-w-0 gap-1">
          <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
          {lead && <div className="text-muted">{lead}</div>}
        </div>
      </div>
      {children && <div className="flex flex-wrap gap-3">{children}</div>}
    </div>
  )
}
