import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const variants = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border-control bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-hover',
  danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
} as const

const sizes = {
  small: 'h-8 px-2.5 text-sm',
  medium: 'h-9 px-3.5 text-sm',
  large: 'h-11 px-5 text-base',
  icon: 'size-8',
} as const

export type ButtonLook = { variant?: keyof typeof variants; size?: keyof typeof sizes }

/** The classes of a button, for what only looks like one. */
export function buttonLook({ variant = 'secondary', size = 'medium' }: ButtonLook = {}): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-control border font-medium whitespace-nowrap',
    'transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60',
    variants[variant],
    sizes[size],
  )
}

export function Button({ variant, size, className, type = 'button', ...rest }: ComponentProps<'button'> & ButtonLook) {
  return <button {...rest} type={type} className={classNames(buttonLook({ variant, size }), className)} />
}
