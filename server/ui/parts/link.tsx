import type { MouseEvent, ReactNode } from 'react'
import { usePage } from '../page.ts'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'

type LinkProps = { url: string; children: ReactNode; look?: 'text' | 'button' | 'primary' }

/** A link out of the page, which itself never navigates: the host opens the address. */
export function Link({ url, children, look = 'text' }: LinkProps) {
  const { host } = usePage()
  const stay = (event: MouseEvent) => event.preventDefault()
  const open = (event: MouseEvent) => {
    event.preventDefault()
    host.post({ type: 'open-link', url })
  }
  const button = classNames('button', look === 'primary' && 'button-primary')
  return (
    // Dropped on the page, a link that was dragged would be navigated to.
    <a href={url} draggable={false} className={look === 'text' ? 'link' : button} onClick={open} onAuxClick={stay}>
      {children}
      <Icon name="link-external" />
    </a>
  )
}
