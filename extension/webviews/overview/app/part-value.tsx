import type { ReactNode } from 'react'
import { Icon } from '../../frame/browser/icon.tsx'
import type { Part } from '../protocol.ts'

/** A part that is known, or in its place why it is not. */
export function PartValue<T>({ part, children }: { part: Part<T>; children: (value: T) => ReactNode }) {
  switch (part.state) {
    case 'known':
      return <>{children(part.value)}</>
    case 'loading':
      return (
        <>
          <span className="skeleton line" aria-hidden />
          <span className="visually-hidden">Reading</span>
        </>
      )
    case 'forbidden':
      return (
        <span className="word quiet">
          <Icon name="lock" />
          Not permitted
        </span>
      )
    case 'failed':
      return <span className="quiet">Could not be read</span>
  }
}
