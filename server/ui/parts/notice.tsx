import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

type Kind = 'info' | 'warning' | 'error'
const icons: Record<Kind, { icon: IconName; word: string }> = {
  info: { icon: 'info', word: 'Note' },
  warning: { icon: 'warning', word: 'Warning' },
  error: { icon: 'error', word: 'Error' },
}

type NoticeProps = { kind: Kind; title: string; children?: ReactNode; actions?: ReactNode }

/** Something that needs to be read, and what can be done about it. */
export function Notice({ kind, title, children, actions }: NoticeProps) {
  const { icon, word } = icons[kind]
  return (
    <section className={`notice tone-${kind}`} aria-label={`${word}: ${title}`} data-notice={kind}>
      <Icon name={icon} className="tone" />
      <div className="notice-text">
        <p>
          <strong>{title}</strong>
        </p>
        {children}
        {actions && <div className="actions">{actions}</div>}
      </div>
    </section>
  )
}
