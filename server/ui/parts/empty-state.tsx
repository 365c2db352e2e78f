import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

/** Why there is nothing to see. The four are never mixed up: each asks for something else. */
export type EmptyKind = 'none-yet' | 'none-match' | 'not-allowed' | 'not-in-plan'

const icons: Record<EmptyKind, IconName> = {
  'none-yet': 'history',
  'none-match': 'filter',
  'not-allowed': 'lock',
  'not-in-plan': 'sparkle',
}

type EmptyStateProps = { kind: EmptyKind; title: string; children: ReactNode; action?: ReactNode }

export function EmptyState({ kind, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty" data-empty={kind}>
      <Icon name={icons[kind]} className="empty-icon" />
      <p className="empty-title">{title}</p>
      <p className="muted">{children}</p>
      {action && <div className="actions">{action}</div>}
    </div>
  )
}
