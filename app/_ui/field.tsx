import { CircleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

type FieldProps = Omit<ComponentProps<'input'>, 'id' | 'name'> & {
  name: string
  label: string
  hint?: ReactNode
  error?: string | undefined
  /** What stands at the right end of the label's line, such as "Forgot password?". */
  aside?: ReactNode
}

/** A labelled text input; hint and error are tied to it by aria-describedby, and its id is its name. */
export function Field({ name, label, hint, error, aside, className, ...input }: FieldProps) {
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className={classNames('grid gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={name} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      <Input
        {...input}
        id={name}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
      />
      {hint && (
        <p id={`${name}-hint`} className="text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="flex gap-1.5 text-unhealthy">
          <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  )
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      {...rest}
      className={classNames(
        'h-9 w-full min-w-0 rounded-control border border-control bg-surface px-3 text-ink placeholder:text-muted',
        'aria-invalid:border-unhealthy-solid',
        className,
      )}
    />
  )
}
