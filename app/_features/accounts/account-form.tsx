'use client'

import { useActionState, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { Failure } from '#app/_lib/failure.ts'
import { Field } from '#app/_ui/field.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { SubmitButton } from '#app/_ui/submit-button.tsx'

export type FormField = {
  name: string
  label: string
  type: 'email' | 'password' | 'text'
  autoComplete: string
  hint?: string
  aside?: ReactNode
}

type Values = Record<string, string>
type Attempt = { failure: Failure; values: Values } | null

type AccountFormProps = {
  fields: readonly FormField[]
  submitLabel: string
  pendingLabel: string
  /** Sends the values. What it gives back is shown; null means that it went well and the page is about to change. */
  submit: (values: Values) => Promise<Failure | null>
  children?: ReactNode
}

/**
 * A form that the server validates. A fault stands at its field, which gets the focus; what belongs to no field stands above.
 * What was typed stays, but for passwords.
 */
export function AccountForm({ fields, submitLabel, pendingLabel, submit, children }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [attempt, send] = useActionState(async (_: Attempt, data: FormData): Promise<Attempt> => {
    const values = Object.fromEntries(fields.map(({ name }) => [name, textOf(data, name)]))
    const failure = await submit(values)
    return failure && { failure, values }
  }, null)

  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-failure]')?.focus()
  }, [attempt])

  const failure = attempt?.failure
  const fieldAtFault = fields.find(({ name }) => name === failure?.field)
  return (
    <form ref={form} action={send} noValidate className="grid gap-5">
      {failure && !fieldAtFault && (
        <div data-failure tabIndex={-1} className="rounded-box">
          <Notice kind="error" role="alert">
            {failure.message}
            {failure.requestId && <span className="block text-muted">Request id {failure.requestId}</span>}
          </Notice>
        </div>
      )}
      {fields.map((field) => (
        <Field
          key={field.name}
          {...field}
          required
          defaultValue={field.type === 'password' ? undefined : attempt?.values[field.name]}
          error={field === fieldAtFault ? failure?.message : undefined}
        />
      ))}
      {children}
      <SubmitButton pendingLabel={pendingLabel} className="w-full">
        {submitLabel}
      </SubmitButton>
    </form>
  )
}

function textOf(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
