import { Boxes, Lock, SearchX, Sparkles } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** Why there is nothing to see; the four are never mixed up, since each asks for something else. */
export type EmptyKind = 'none-yet' | 'none-match' | 'not-allowed' | 'not-in-plan'

const icons: Record<EmptyKind, LucideIcon> = {
  'none-yet': Boxes,
  'none-match': SearchX,
  'not-allowed': Lock,
  'not-in-plan': Sparkles,
}

type EmptyStateProps = {
  kind: EmptyKind
  title: string
  /** One sentence. */
  children: ReactNode
  /** One action, and beside it one link to the documentation. */
  action?: ReactNode
  docs?: ReactNode
}

export function EmptyState({ kind, title, children, action, docs }: EmptyStateProps) {
  const Icon = icons[kind]
  return (
    <div className="grid justify-items-center gap-3 px-5 py-14 text-center" data-empty={kind}>
      <span aria-hidden className="flex size-11 items-center justify-center rounded-box border bg-sunken text-muted">
        <Icon size={20} />
      </span>
      <div className="grid max-w-md gap-1">
        <h2 className="text-lg font-semibold">{title}</h2>
        <p className="text-muted">{children}</p>
      </div>
      {(action || docs) && (
        <div className="mt-2 flex flex-wrap items-center justify-center gap-3">
          {action}
          {docs}
        </div>
      )}
    </div>
  )
}
