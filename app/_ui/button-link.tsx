import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonLook } from './button.tsx'
import type { ButtonLook } from './button.tsx'
import { classNames } from './class-names.ts'

/** A link that looks like a button: it goes somewhere, a button does something. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link {...rest} className={classNames(buttonLook({ variant, size }), className)} />
}
