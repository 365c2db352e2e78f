import type { ReactNode } from 'react'

type AuthFrameProps = { title: string; lead?: ReactNode; children?: ReactNode; foot?: ReactNode }

/** One thing to do, in the middle of the page. */
export function AuthFrame({ title, lead, children, foot }: AuthFrameProps) {
  return (
    <div className="mx-auto grid w-full max-w-[400px] gap-6">
      <div className="grid gap-6 rounded-stage border bg-surface p-6 sm:p-8">
        <div className="grid gap-2">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {lead && <div className="text-muted">{lead}</div>}
        </div>
        {children}
      </div>
      {foot && <div className="text-center text-muted">{foot}</div>}
    </div>
  )
}
