import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

/** A short word beside a name. What a thing's state is belongs into a StatusBadge. */
export function Badge({ className, ...rest }: ComponentProps<'span'>) {
  return (
    <span
      {...rest}
      className={classNames(
        'inline-flex items-center rounded-control border bg-sunken px-1.5 text-xs leading-5 font-medium text-muted',
        className,
      )}
    />
  )
}
